using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.WebhookGateway.Storage;
using MassTransit;

namespace EnterpriseHub.WebhookGateway.RelayOutbox;

/// <summary>A turn answered (or deliberately did not answer) messages: they need not be rung again. The update is idempotent by nature.</summary>
internal sealed class SettleInboundMessagesConsumer(GatewayDatabase database) : IConsumer<TurnDecided>
{
    public Task Consume(ConsumeContext<TurnDecided> context) => database.WriteAsync(
        unit => unit.ExecuteAsync(
            """
            UPDATE inbound_event SET settled_at = now_ms(), status = 'accepted'
            WHERE location_id = @LocationId AND conversation_id = @ConversationId AND seq <= @AnswersUpToSeq
              AND settled_at = 0 AND status IN ('accepted', 'parked')
            """,
            new { context.Message.LocationId, context.Message.ConversationId, context.Message.AnswersUpToSeq }),
        context.CancellationToken);
}
