using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.WebhookGateway.Storage;
using MassTransit;

namespace EnterpriseHub.WebhookGateway.RelayOutbox;

/// <summary>A turn answered (or deliberately did not answer) messages: they need not be rung again. An earlier one that
/// the turn never saw stays open. The update is idempotent by nature.</summary>
internal sealed class SettleInboundMessagesConsumer(GatewayDatabase database) : IConsumer<TurnDecided>
{
    public Task Consume(ConsumeContext<TurnDecided> context) => database.WriteAsync(
        unit => unit.ExecuteAsync(
            """
            UPDATE inbound_event SET settled_at = now_ms(), status = 'accepted'
            WHERE location_id = @LocationId AND event_id IN @answers AND settled_at = 0 AND status IN ('accepted', 'parked')
            """,
            new { context.Message.LocationId, answers = context.Message.Answers.ToArray() }),
        context.CancellationToken);
}
