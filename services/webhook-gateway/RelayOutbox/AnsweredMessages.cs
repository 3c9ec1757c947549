using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.WebhookGateway.RelayOutbox;

/// <summary>Messages that a turn has taken: they need not be rung again.</summary>
internal static class AnsweredMessages
{
    /// <summary>Settles them; idempotent by nature. An earlier message that the turn never saw stays open.</summary>
    public static void Settle(UnitOfWork unit, string locationId, IReadOnlyList<string> eventIds) =>
        Add(unit, One, eventIds, eventId => new { locationId, eventId });

    /// <summary>Settles what a reply answers, as long as the reply is to go out: the command of one that was overtaken may come again.</summary>
    public static void SettleWhilePlanned(UnitOfWork unit, SendReply command) =>
        Add(unit, OneWhilePlanned, command.Answers, eventId => new { locationId = command.LocationId, eventId, command.TurnId });

    // A statement for each, mostly there is one: on a list the planner of a young table settles for reading all of it, and keeps to that.
    private static void Add(UnitOfWork unit, string sql, IReadOnlyList<string> eventIds, Func<string, object> arguments)
    {
        foreach (var eventId in eventIds.Order(StringComparer.Ordinal))
        {
            unit.Add(sql, arguments(eventId));
        }
    }

    private const string One =
        """
        UPDATE inbound_event SET settled_at = now_ms(), status = 'accepted'
        WHERE location_id = @locationId AND event_id = @eventId AND settled_at = 0 AND status IN ('accepted', 'parked')
        """;

    private const string OneWhilePlanned =
        $"{One} AND EXISTS (SELECT 1 FROM outbound_message o WHERE o.turn_id = @TurnId AND o.part = 0 AND o.state = 'planned')";
}
