using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.ReviewLocations;
using EnterpriseHub.WebhookGateway.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.AuditDeliveries;

/// <summary>Audits one location: every conversation that was written in since the last audit, then the sends that no list showed.</summary>
internal sealed class AuditLocation(
    GatewayDatabase database, LocationTasks tasks, ConversationWalk walk, Locations locations, AuditTable table,
    IOptions<ReviewOptions> options, ILogger<AuditLocation> logger)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(7);
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);
    private static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(15);

    public async Task RunAsync(string locationId, CancellationToken cancellation)
    {
        if (await tasks.ClaimAsync(locationId, LocationTask.Audit, cancellation) is not { } task
            || await locations.FindAsync(locationId, cancellation) is not { } location)
        {
            return;
        }
        var window = WindowOf(task);
        var audit = new Audit(window);
        var end = await walk.RunAsync(
            locationId, DateTimeOffset.FromUnixTimeMilliseconds(window.From) - Before, (written, _) => VisitAsync(task, audit, written, cancellation), cancellation);
        AuditMetrics.Ran(end.Outcome);
        if (!end.IsThrough)
        {
            logger.LogWarning("The audit of {LocationId} stopped ({Outcome}); it runs again in {Wait}", locationId, end.Outcome, TryAgain);
            await database.TryWriteAsync(unit => LocationTasks.FinishAsync(unit, task, TryAgain, task.ReadUpTo, isDone: false), cancellation);
            return;
        }
        audit.Add(await UnlistedAsync(locationId, audit, end, cancellation));
        var now = DateTimeOffset.FromUnixTimeMilliseconds(task.Now);
        var next = AuditHour.After(now, options.Value.AuditAt, location.Profile.TimeZone) - now;
        if (await table.SaveAsync(task, audit, end, next, cancellation))
        {
            AuditMetrics.Found(audit);
        }
    }

    /// <summary>From the end of the last audit; the youngest sends are left to the next one, because lists lag.</summary>
    private AuditWindow WindowOf(LocationTask task)
    {
        var to = task.Now - (long)options.Value.AuditLag.TotalMilliseconds;
        var from = task.ReadUpTo > 0 ? Math.Max(task.ReadUpTo, to - (long)LongestWindow.TotalMilliseconds) : to - (long)Day.TotalMilliseconds;
        return new(Math.Max(from, task.ConnectedAt), to);
    }

    private async Task<Visit> VisitAsync(LocationTask task, Audit audit, WrittenIn written, CancellationToken cancellation)
    {
        if (!await tasks.RenewAsync(task, task.ReadUpTo, cancellation))
        {
            return Visit.Stop;
        }
        var (conversation, listed) = (written.Conversation, written.Messages);
        var ledger = await table.LedgerAsync(task.LocationId, conversation, audit.Window, cancellation);
        var claimed = await table.ClaimedAsync(task.LocationId, [.. listed.Where(one => one.Outbound).Select(one => one.Id)], cancellation);
        audit.Read(listed, ledger, Comparison.Of(listed, ledger, claimed, audit.Window)
            .Select(found => found with
            {
                ContactId = found.ContactId.Length > 0 ? found.ContactId : conversation.ContactId ?? "",
                ConversationId = conversation.Id,
            }));
        return Visit.Done;
    }

    /// <summary>Sends whose conversation GHL did not list at all; of one that could not be read nothing is said.</summary>
    private async Task<IEnumerable<Finding>> UnlistedAsync(string locationId, Audit audit, WalkEnd end, CancellationToken cancellation)
    {
        var unread = end.Skipped.SelectMany(one => new[] { one.Id, one.ContactId }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return (await table.SentAsync(locationId, audit.Window, cancellation))
            .Where(row => !audit.HasJudged(row.TurnId) && !unread.Contains(row.ConversationId) && !unread.Contains(row.ContactId))
            .Select(row => Finding.Of(Finding.Missing, row, row.GhlMessageId, DateTimeOffset.FromUnixTimeMilliseconds(row.SendStartedAt)));
    }
}
