using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.WebhookGateway.RelayOutbox;

/// <summary>Messages that a turn has taken: they need not be rung again.</summary>
internal static class AnsweredMessages
{
    /// <summary>Settles them; idempotent by nature. An earlier message that the turn never saw stays open.</summary>
    public static Task<int> SettleAsync(UnitOfWork unit, string locationId, IReadOnlyList<string> eventIds) => eventIds.Count == 0
        ? Task.FromResult(0)
        : unit.ExecuteAsync(
            """
            UPDATE inbound_event SET settled_at = now_ms(), status = 'accepted'
            WHERE location_id = @locationId AND event_id IN @eventIds AND settled_at = 0 AND status IN ('accepted', 'parked')
            """,
            new { locationId, eventIds });
}
