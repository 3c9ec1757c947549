using EnterpriseHub.Contracts.Operations;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;
using EnterpriseHub.WebhookGateway.ReviewLocations;
using EnterpriseHub.WebhookGateway.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.FindMissedMessages;

/// <summary>
/// Polls one location: reads what was written since the last poll and lets in, through the webhooks' own door, what no webhook brought.
/// The cursor never passes what was not read.
/// </summary>
internal sealed class MissedMessages(
    GatewayDatabase database, LocationTasks tasks, ConversationWalk walk, UnknownMessages unknown, AcceptEvent accept,
    IOptions<ReviewOptions> options, TimeProvider time, ILogger<MissedMessages> logger)
{
    /// <summary>How far each poll reads back behind the cursor: GHL's search and lists may lag.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>A new or long unpolled location is read back so far: older messages are nobody's question any more.</summary>
    private static readonly TimeSpan FirstLookBack = TimeSpan.FromDays(1);

    public async Task RunAsync(string locationId, CancellationToken cancellation)
    {
        if (await tasks.ClaimAsync(locationId, LocationTask.Poll, cancellation) is not { } task)
        {
            return;
        }
        var run = new Run(task.ReadUpTo);
        var end = await walk.RunAsync(locationId, Since(task), (written, readUpTo) => VisitAsync(task, run, written, readUpTo, cancellation), cancellation);
        var readUpTo = Math.Max(run.ReadUpTo, end.ReadUpTo?.ToUnixTimeMilliseconds() ?? 0);
        await database.TryWriteAsync(
            async unit =>
            {
                if (run.Found > 0)
                {
                    unit.Publish(new AlertRaised { LocationId = locationId, Kind = "missed_messages", Count = run.Found, At = time.GetUtcNow() });
                }
                return await LocationTasks.FinishAsync(unit, task, Next(), readUpTo, end.IsWhole);
            },
            cancellation);
        PollMetrics.Polled(end.Outcome);
        if (run.Found > 0 || !end.IsWhole)
        {
            logger.LogWarning(
                "Poll of {LocationId}: {Found} messages without a webhook in {Conversations} conversations, {Skipped} not read, {Outcome}",
                locationId, run.Found, end.Conversations, end.Skipped.Count, end.Outcome);
        }
    }

    private DateTimeOffset Since(LocationTask task)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(task.Now);
        var cursor = task.ReadUpTo > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(task.ReadUpTo) - Overlap : now - FirstLookBack;
        // A day inside the retention: what was purged would look like new.
        var kept = now - TimeSpan.FromDays(options.Value.RetentionDays - 1);
        var connected = DateTimeOffset.FromUnixTimeMilliseconds(task.ConnectedAt);
        return new[] { cursor, kept, connected }.Max();
    }

    private async Task<Visit> VisitAsync(LocationTask task, Run run, WrittenIn written, DateTimeOffset? readUpTo, CancellationToken cancellation)
    {
        run.ReadUpTo = Math.Max(run.ReadUpTo, readUpTo?.ToUnixTimeMilliseconds() ?? 0);
        if (!await tasks.RenewAsync(task, run.ReadUpTo, cancellation))
        {
            return Visit.Stop;
        }
        var until = DateTimeOffset.FromUnixTimeMilliseconds(task.Now) - options.Value.PollGrace;
        var (messages, isWhole) = await unknown.OfAsync(task.LocationId, written, until, cancellation);
        foreach (var message in messages.OrderBy(message => message.Event.Inbound!.SentAt))
        {
            Failpoint.Hit("P1");
            switch (await accept.AcceptAsync(message, cancellation))
            {
                case null:
                    return Visit.Stop;
                case EventStatus.Accepted:
                    run.Found++;
                    PollMetrics.Found();
                    break;
            }
        }
        return isWhole ? Visit.Done : Visit.Skipped;
    }

    private TimeSpan Next() => options.Value.PollEvery * (0.9 + (Random.Shared.NextDouble() * 0.2));

    private sealed class Run(long readUpTo)
    {
        public long ReadUpTo { get; set; } = readUpTo;

        public int Found { get; set; }
    }
}
