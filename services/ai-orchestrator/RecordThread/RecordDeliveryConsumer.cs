using EnterpriseHub.AiOrchestrator.ReplyToMessage;
using EnterpriseHub.AiOrchestrator.Storage;
using EnterpriseHub.Contracts.Conversations;
using MassTransit;

namespace EnterpriseHub.AiOrchestrator.RecordThread;

/// <summary>Notes how a reply ended. One that a newer message overtook makes its messages unanswered again.</summary>
internal sealed class RecordDeliveryConsumer(OrchestratorDatabase database, ThinkingHere thinking) : IConsumer<ReplySettled>
{
    public async Task Consume(ConsumeContext<ReplySettled> context)
    {
        var settled = context.Message;
        var changed = await database.WriteAsync(
            unit => unit.ExecuteAsync(
                """
                UPDATE turn SET delivery = @state, delivery_reason = @Reason, settled_at = @at
                WHERE turn_id = @TurnId AND location_id = @LocationId AND delivery IN ('pending', 'held')
                """,
                new { settled.TurnId, settled.LocationId, settled.Reason, state = settled.State.ToString().ToLowerInvariant(), at = settled.At.ToUnixTimeMilliseconds() }),
            context.CancellationToken);
        if (changed == 1 && settled.State == ReplyState.Superseded)
        {
            thinking.Signal(new ConversationKey(settled.LocationId, settled.ConversationId));
        }
    }
}
