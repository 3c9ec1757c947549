using EnterpriseHub.AiOrchestrator.ReplyToMessage;
using EnterpriseHub.AiOrchestrator.Storage;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Storage;
using MassTransit;

namespace EnterpriseHub.AiOrchestrator.RecordThread;

/// <summary>Notes how a reply ended. One that a newer message overtook makes its messages unanswered again.</summary>
internal sealed class RecordDeliveryConsumer(OrchestratorDatabase database, ThinkingHere thinking) : IConsumer<ReplySettled>
{
    public async Task Consume(ConsumeContext<ReplySettled> context)
    {
        var settled = context.Message;
        var overtaken = await database.WriteAsync(
            async unit =>
            {
                var changed = await unit.ExecuteAsync(
                    """
                    UPDATE turn SET delivery = @state, delivery_reason = @Reason, settled_at = @at,
                      delivery_stages = CASE WHEN @stages = '{}' THEN delivery_stages ELSE @stages END
                    WHERE turn_id = @TurnId AND location_id = @LocationId AND delivery IN ('pending', 'held')
                    """,
                    new
                    {
                        settled.TurnId, settled.LocationId, settled.Reason, state = settled.State.ToString().ToLowerInvariant(), at = settled.At.ToUnixTimeMilliseconds(),
                        stages = ReportedStages.Json(settled),
                    });
                if (changed != 1 || settled.State != ReplyState.Superseded)
                {
                    return false;
                }
                await ReopenAsync(unit, settled);
                return true;
            },
            context.CancellationToken);
        if (overtaken)
        {
            thinking.Signal(new ConversationKey(settled.LocationId, settled.ConversationId));
        }
    }

    /// <summary>
    /// Where every message counted as answered, those of the overtaken turn wait again. The sweep takes them up after a moment:
    /// mostly the newer message that overtook them is about to arrive and joins them.
    /// </summary>
    private static Task<int> ReopenAsync(UnitOfWork unit, ReplySettled settled) =>
        unit.ExecuteAsync(
            """
            UPDATE conversation SET answered = floors.arrival, due_at = now_ms(), first_unanswered_at = now_ms()
            FROM (SELECT COALESCE(MAX(t.answers_up_to), 0) AS arrival FROM turn t
              WHERE t.location_id = @LocationId AND t.conversation_id = @ConversationId AND t.delivery <> 'superseded') AS floors
            WHERE location_id = @LocationId AND conversation_id = @ConversationId AND arrived = answered AND answered > floors.arrival
            """,
            new { settled.LocationId, settled.ConversationId });
}
