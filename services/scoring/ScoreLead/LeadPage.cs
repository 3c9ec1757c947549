using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Scoring.ScoreLead;

/// <summary>Leads whose rows this transaction holds, with their published scores.</summary>
internal sealed class LeadPage
{
    private readonly Dictionary<LeadKey, LeadFeatures> _leads;
    private readonly Dictionary<LeadKey, ScoreRow> _scores;
    private readonly DateTimeOffset _now;

    private LeadPage(IEnumerable<LeadFeatures> leads, IEnumerable<ScoreRow> scores, DateTimeOffset now)
    {
        _leads = leads.ToDictionary(lead => lead.Key);
        _scores = scores.ToDictionary(score => score.Key);
        _now = now;
    }

    public IReadOnlyCollection<LeadFeatures> Leads => _leads.Values;

    /// <summary>Reads the rows and keeps other instances off them until the transaction ends.</summary>
    public static Task<LeadPage> LockAsync(UnitOfWork unit, IReadOnlyList<LeadKey> leads)
    {
        var wanted = leads.ToHashSet();
        return unit.QueryManyAsync(
            // In one order, so that two instances never wait for each other. A contact's id is one location's; should two have the same, both are held.
            """
            SELECT * FROM lead_features WHERE location_id IN @locations AND contact_id IN @contacts ORDER BY location_id, contact_id {for_update};
            SELECT location_id, contact_id, score, reasons, model, at FROM lead_score WHERE location_id IN @locations AND contact_id IN @contacts;
            SELECT now_ms()
            """,
            new { locations = leads.Select(lead => lead.LocationId).Distinct().ToArray(), contacts = leads.Select(lead => lead.ContactId).Distinct().ToArray() },
            async answers => new LeadPage(
                (await answers.ReadAsync<LeadFeatures>()).Where(lead => wanted.Contains(lead.Key)),
                (await answers.ReadAsync<ScoreRow>()).Where(score => wanted.Contains(score.Key)),
                DateTimeOffset.FromUnixTimeMilliseconds(await answers.ReadFirstAsync<long>())));
    }

    public LeadFeatures? Of(LeadKey lead) => _leads.GetValueOrDefault(lead);

    /// <summary>Scores leads and tells of those whose score or reasons are new.</summary>
    public void Rescore(UnitOfWork unit, IEnumerable<LeadFeatures> leads)
    {
        foreach (var lead in leads)
        {
            var scored = LeadScorer.Score(lead, _now);
            if (scored.Score is null)
            {
                continue;
            }
            var row = ScoreRow.Of(lead.Key, scored, _now);
            if (_scores.GetValueOrDefault(lead.Key)?.SaysTheSame(row) == true)
            {
                ScoreRows.PutOff(unit, lead.Key, LeadScorer.ChangesAt(lead, _now));
            }
            else
            {
                ScoreRows.Save(unit, row, LeadScorer.ChangesAt(lead, _now));
                unit.Publish(row.ToMessage());
            }
        }
    }
}
