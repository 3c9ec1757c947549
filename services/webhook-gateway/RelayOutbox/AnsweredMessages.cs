using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.WebhookGateway.RelayOutbox;

/// <summary>Messages that a turn has taken: they need not be rung again.</summary>
internal static class AnsweredMessages
{
    /// <summary>Settles them; idempotent by nature. An earlier message that the turn never saw stays open.</summary>
    public static Task<int> SettleAsync(UnitOfWork unit, string locationId, IReadOnlyList<string> eventIds) => eventIds.Count == 0
        ? Task.FromResult(0)
        : unit.ExecuteAsync(Settle, new { locationId, eventIds });

    /// <summary>Settles what a reply answers, as long as the reply is to go out: the command of one that was overtaken may come again.</summary>
    public static void SettleWhilePlanned(UnitOfWork unit, SendReply command)
    {
        if (command.Answers.Count > 0)
        {
            unit.Add(
                $"{Settle} AND EXISTS (SELECT 1 FROM outbound_message o WHERE o.turn_id = @TurnId AND o.part = 0 AND o.state = 'planned')",
                new { locationId = command.LocationId, eventIds = command.Answers, command.TurnId });
        }
    }

    private const string Settle =
        """
        UPDATE inbound_event SET settled_at = now_ms(), status = 'accepted'
        WHERE location_id = @locationId AND event_id IN @eventIds AND settled_at = 0 AND status IN ('accepted', 'parked')
        """;
}
