using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Effects;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;
using EnterpriseHub.WebhookGateway.RelayOutbox;
using EnterpriseHub.WebhookGateway.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary>
/// Replays one inbound event. The event keeps its id, and the orchestrator takes an id once: a replay can bring about the reply
/// that never came, not a second one. The event's change and the item's end are one transaction.
/// </summary>
internal sealed class ReplayEvent(GatewayDatabase database, Locations locations, EventEffects effects, IOptions<IntakeOptions> options, TimeProvider time)
{
    /// <returns>How it ended; null when another process ended it.</returns>
    public async Task<ReplayOutcome?> RunAsync(ReplayItem item, CancellationToken cancellation)
    {
        // Read outside of the transaction, which must not wait for another connection.
        var location = item.LocationId.Length > 0 ? await locations.FindAsync(item.LocationId, cancellation) : null;
        ReplayOutcome? outcome = null;
        var ended = await database.TryWriteAsync(
            async unit =>
            {
                var row = await unit.FirstOrDefaultAsync<OpenEvent>(
                    """
                    SELECT seq, event_id, type, location_id, raw, received_at, accepted_at, settled_at, status FROM inbound_event
                    WHERE event_id = @ItemId AND location_id = @LocationId {for_update}
                    """,
                    new { item.ItemId, item.LocationId });
                outcome = row is null ? ReplayOutcome.NotFound : await ReplayAsync(unit, row, location);
                return await item.EndAsync(unit, outcome);
            },
            cancellation);
        return ended ? outcome : null;
    }

    private async Task<ReplayOutcome> ReplayAsync(UnitOfWork unit, OpenEvent row, LocationSettings? location)
    {
        if (row.Read() is not { } read)
        {
            return ReplayOutcome.Still(row.Status);
        }
        if (row.Status is EventStatus.UnknownType or EventStatus.UnknownLocation or EventStatus.InactiveLocation)
        {
            return await TakeUpAsync(unit, row, location, read);
        }
        if (row.Status == EventStatus.Ignored)
        {
            return ReplayOutcome.Still(row.Status);
        }
        if (read.Inbound is not { } inbound)
        {
            return ReplayOutcome.AlreadyApplied;
        }
        if (row.SettledAt > 0)
        {
            return IsLate(read, row, DateTimeOffset.FromUnixTimeMilliseconds(row.ReceivedAt)) ? ReplayOutcome.Late : ReplayOutcome.AlreadyAnswered;
        }
        if (location is not { Active: true })
        {
            return ReplayOutcome.Still(location is null ? EventStatus.UnknownLocation : EventStatus.InactiveLocation);
        }
        var isLate = IsLate(read, row, time.GetUtcNow());
        await unit.ExecuteAsync(
            "UPDATE inbound_event SET status = 'accepted', rings = 0, rung_since = now_ms(), settled_at = CASE WHEN @late = 1 THEN now_ms() ELSE 0 END WHERE seq = @Seq",
            new { row.Seq, late = isLate ? 1L : 0L });
        unit.Publish(InboundEffect.Message(row.Stored(location, read, isLate), inbound));
        return isLate ? ReplayOutcome.RecordedLate : ReplayOutcome.Announced;
    }

    /// <summary>What was stored without effect counts now as if it had just come.</summary>
    private async Task<ReplayOutcome> TakeUpAsync(UnitOfWork unit, OpenEvent row, LocationSettings? location, GhlEvent read)
    {
        var status = EventStatus.Of(read, location);
        if (read.Meanings.Any(meaning => meaning is Installed or Uninstalled))
        {
            return ReplayOutcome.Lifecycle;
        }
        if (status != EventStatus.Accepted || location is null)
        {
            return ReplayOutcome.Still(status);
        }
        var isLate = IsLate(read, row, time.GetUtcNow());
        var acceptedAt = await unit.FirstOrDefaultAsync<long>(
            """
            UPDATE inbound_event SET status = 'accepted', accepted_at = now_ms(), rings = 0, rung_since = 0,
              conversation_id = @ConversationId, contact_id = @ContactId, settled_at = CASE WHEN @open = 1 THEN 0 ELSE now_ms() END
            WHERE seq = @Seq RETURNING accepted_at
            """,
            new { row.Seq, read.ConversationId, read.ContactId, open = read.Inbound is not null && !isLate ? 1L : 0L });
        var stored = (row with { ReceivedAt = acceptedAt, AcceptedAt = acceptedAt }).Stored(location, read, isLate) with { At = Happened(read, row) };
        foreach (var meaning in read.Meanings)
        {
            await effects.ApplyAsync(unit, stored, meaning);
        }
        return isLate && read.Inbound is not null ? ReplayOutcome.RecordedLate : ReplayOutcome.TakenUp;
    }

    private bool IsLate(GhlEvent read, OpenEvent row, DateTimeOffset now) => now - Happened(read, row) > options.Value.LateAfter;

    /// <summary>HighLevel's clock where it says so and was not ahead of ours when the event came.</summary>
    private static DateTimeOffset Happened(GhlEvent read, OpenEvent row)
    {
        var received = DateTimeOffset.FromUnixTimeMilliseconds(row.ReceivedAt);
        return read.At is { } at && at < received ? at : received;
    }
}
