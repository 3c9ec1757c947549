using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.Storage;
using MassTransit;

namespace EnterpriseHub.WebhookGateway.RelayOutbox;

/// <summary>A turn answered (or deliberately did not answer) messages.</summary>
internal sealed class SettleInboundMessagesConsumer(GatewayDatabase database) : IConsumer<TurnDecided>
{
    public Task Consume(ConsumeContext<TurnDecided> context) => database.TryWriteAsync(
        unit =>
        {
            if (context.Message.Answers.Count > 0)
            {
                AnsweredMessages.Settle(unit, context.Message.LocationId, context.Message.Answers);
            }
            else
            {
                SettleUpTo(unit, context.Message);
            }
            return Task.FromResult(true);
        },
        context.CancellationToken);

    /// <summary>An orchestrator of the version before does not name what it answered.</summary>
    private static void SettleUpTo(UnitOfWork unit, TurnDecided turn) => unit.Add(
        """
        UPDATE inbound_event SET settled_at = now_ms(), status = 'accepted'
        WHERE location_id = @LocationId AND conversation_id = @ConversationId AND seq <= @AnswersUpToSeq
          AND settled_at = 0 AND status IN ('accepted', 'parked')
        """,
        new { turn.LocationId, turn.ConversationId, turn.AnswersUpToSeq });
}
