using EnterpriseHub.Contracts.Scoring;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.Scoring.Storage;
using MassTransit;

namespace EnterpriseHub.Scoring.ScoreLead;

/// <summary>Keeps features and score of every lead in step: facts of a moment in one transaction, at most one <see cref="LeadScored"/> a lead.</summary>
internal sealed class LeadBook(ScoringDatabase database, TimeProvider time) : GatheredWrites<LeadFact>(database, Effect, time)
{
    private const string Effect = "rescore-lead";

    /// <summary>Applies a fact once, however often its message arrives.</summary>
    /// <param name="context">The message.</param>
    /// <param name="fact">What it changes.</param>
    /// <param name="id">Identity of the fact where it may be announced again in another message; null: the message's own id.</param>
    public Task ApplyAsync(ConsumeContext context, LeadFact fact, string? id = null) =>
        AddAsync(id ?? Inbox.IdOf(context), fact, context.CancellationToken);

    /// <summary>Forgets a deleted contact and says that it has no score any more.</summary>
    public Task ForgetAsync(ConsumeContext context, LeadKey lead) => Database.TryWriteAsync(
        async unit =>
        {
            if (!await Inbox.TakeAsync(unit, context, Effect))
            {
                return false;
            }
            var at = await ScoreRows.NowAsync(unit);
            if (await FeatureRows.DeleteAsync(unit, lead))
            {
                unit.Publish(new LeadScored { LocationId = lead.LocationId, ContactId = lead.ContactId, Model = LeadScorer.Model, At = at });
            }
            return true;
        },
        context.CancellationToken);

    /// <summary>The lead's score now; without a score when nothing is known of it.</summary>
    public Task<LeadScored> ScoreNowAsync(LeadKey lead, CancellationToken cancellation) => Database.ReadAsync(
        async session =>
        {
            var now = await ScoreRows.NowAsync(session);
            var features = await FeatureRows.FindAsync(session, lead);
            return ScoreRow.Of(lead, features is null ? new ScoredLead(null, []) : LeadScorer.Score(features, now), now).ToMessage();
        },
        cancellation);

    /// <summary>Scores again what time alone has changed.</summary>
    /// <returns>How many leads were due.</returns>
    public Task<int> RescoreDueAsync(CancellationToken cancellation) => Database.WriteAsync(
        async unit =>
        {
            var due = await ScoreRows.DueAsync(unit);
            if (due.Count > 0)
            {
                var page = await LeadPage.LockAsync(unit, due);
                page.Rescore(unit, page.Leads);
            }
            return due.Count;
        },
        cancellation);

    protected override async Task WriteAsync(UnitOfWork unit, IReadOnlyList<LeadFact> items)
    {
        if (items.Count == 0)
        {
            return;
        }
        FeatureRows.Begin(unit, items.Where(fact => fact.Begins).Select(fact => fact.Lead));
        var page = await LeadPage.LockAsync(unit, [.. items.Select(fact => fact.Lead).Distinct()]);
        var changed = items.GroupBy(fact => fact.Lead)
            .Where(facts => page.Of(facts.Key) is not null)
            .Select(facts => facts.Aggregate(page.Of(facts.Key)!, (lead, fact) => fact.Change(lead)))
            .ToList();
        foreach (var lead in changed)
        {
            FeatureRows.Save(unit, lead);
        }
        page.Rescore(unit, changed);
    }

    protected override void Committed() => Failpoint.Hit("A1", "scoring");
}
