using System.Text.Json;
using EnterpriseHub.Contracts.Scoring;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.Scoring.Storage;
using MassTransit;

namespace EnterpriseHub.Scoring.ScoreLead;

/// <summary>Keeps features and score of every lead in step: one fact, one transaction, at most one <see cref="LeadScored"/>.</summary>
internal sealed class LeadBook(ScoringDatabase database)
{
    /// <summary>Applies a fact once, however often its message arrives.</summary>
    /// <param name="context">The message.</param>
    /// <param name="locationId">GHL location.</param>
    /// <param name="contactId">GHL contact.</param>
    /// <param name="change">What the fact changes.</param>
    /// <param name="begin">False: a lead that is not in the book stays out of it.</param>
    /// <param name="id">Identity of the fact where it may be announced again in another message; null: the message's own id.</param>
    public async Task ApplyAsync(
        ConsumeContext context, string locationId, string contactId, Func<LeadFeatures, LeadFeatures> change, bool begin = true, string? id = null)
    {
        await database.TryWriteAsync(
            async unit =>
            {
                if (!await Inbox.TakeAsync(unit, id ?? Inbox.IdOf(context), "rescore-lead"))
                {
                    return false;
                }
                if (begin)
                {
                    FeatureRows.Begin(unit, locationId, contactId);
                }
                if (await FeatureRows.LockAsync(unit, locationId, contactId) is { } lead)
                {
                    var changed = change(lead);
                    FeatureRows.Save(unit, changed);
                    await RescoreAsync(unit, changed);
                }
                return true;
            },
            context.CancellationToken);
        Failpoint.Hit("A1", "scoring");
    }

    /// <summary>Forgets a deleted contact and says that it has no score any more.</summary>
    public Task ForgetAsync(ConsumeContext context, string locationId, string contactId) =>
        database.TryWriteAsync(
            async unit =>
            {
                if (!await Inbox.TakeAsync(unit, context, "rescore-lead"))
                {
                    return false;
                }
                var at = await ScoreRows.NowAsync(unit);
                if (await FeatureRows.DeleteAsync(unit, locationId, contactId))
                {
                    unit.Publish(new LeadScored { LocationId = locationId, ContactId = contactId, Model = LeadScorer.Model, At = at });
                }
                return true;
            },
            context.CancellationToken);

    /// <summary>The lead's score now; without a score when nothing is known of it.</summary>
    public Task<LeadScored> ScoreNowAsync(string locationId, string contactId, CancellationToken cancellation) => database.ReadAsync(
        async session =>
        {
            var now = await ScoreRows.NowAsync(session);
            var lead = await FeatureRows.FindAsync(session, locationId, contactId);
            return Answer(locationId, contactId, lead is null ? new ScoredLead(null, []) : LeadScorer.Score(lead, now), now);
        },
        cancellation);

    /// <summary>Scores again what time alone has changed.</summary>
    /// <returns>How many leads were due.</returns>
    public Task<int> RescoreDueAsync(CancellationToken cancellation) => database.WriteAsync(
        async unit =>
        {
            var due = await ScoreRows.DueAsync(unit);
            foreach (var (locationId, contactId) in due)
            {
                if (await FeatureRows.LockAsync(unit, locationId, contactId) is { } lead)
                {
                    await RescoreAsync(unit, lead);
                }
            }
            return due.Count;
        },
        cancellation);

    private static async Task RescoreAsync(UnitOfWork unit, LeadFeatures lead)
    {
        var now = await ScoreRows.NowAsync(unit);
        var scored = LeadScorer.Score(lead, now);
        if (scored.Score is null)
        {
            return;
        }
        var reasons = JsonSerializer.Serialize(scored.Reasons, JsonSerializerOptions.Web);
        var changed = await ScoreRows.SaveAsync(unit, lead, scored.Score.Value, reasons, now, LeadScorer.ChangesAt(lead, now));
        if (changed)
        {
            unit.Publish(Answer(lead.LocationId, lead.ContactId, scored, now));
        }
    }

    private static LeadScored Answer(string locationId, string contactId, ScoredLead scored, DateTimeOffset at) => new()
    {
        LocationId = locationId,
        ContactId = contactId,
        Score = scored.Score,
        Reasons = scored.Reasons,
        Model = LeadScorer.Model,
        At = at,
    };
}
