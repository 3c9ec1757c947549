using EnterpriseHub.Analytics.Storage;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.Platform.Storage;
using MassTransit;

namespace EnterpriseHub.Analytics.RecordMetrics;

/// <summary>Writes facts into the books, many in one commit.</summary>
internal sealed class FactWriter(AnalyticsDatabase database, FactPulse pulse, TimeProvider time) : GatheredWrites<FactSet>(database, "record-metrics", time)
{
    /// <summary>Returns once the facts are committed.</summary>
    public Task RecordAsync(ConsumeContext context, FactSet facts) => AddAsync(facts.Id ?? Inbox.IdOf(context), facts, context.CancellationToken);

    protected override Task WriteAsync(UnitOfWork unit, IReadOnlyList<FactSet> items)
    {
        FactRows.Add(unit, items);
        return Task.CompletedTask;
    }

    protected override void Committed()
    {
        Failpoint.Hit("A1", "analytics");
        pulse.Beat();
    }
}
