using EnterpriseHub.AiOrchestrator.ReplyToMessage;
using EnterpriseHub.AiOrchestrator.Storage;
using EnterpriseHub.Contracts.Conversations;
using MassTransit;

namespace EnterpriseHub.AiOrchestrator.RecordThread;

/// <summary>Keeps what people and automations wrote to the lead. A person's message ends what is being thought: the assistant steps back.</summary>
internal sealed class RecordOutboundConsumer(OrchestratorDatabase database, ThinkingHere thinking) : IConsumer<OutboundMessageObserved>
{
    public async Task Consume(ConsumeContext<OutboundMessageObserved> context)
    {
        var said = context.Message;
        await database.WriteAsync(
            unit => unit.ExecuteAsync(
                """
                INSERT INTO message (location_id, event_id, conversation_id, seq, direction, text, sent_at, received_at)
                VALUES (@LocationId, @EventId, @ConversationId, @Seq, @direction, @Text, @sentAt, @sentAt)
                ON CONFLICT DO NOTHING
                """,
                new
                {
                    said.LocationId, said.EventId, said.ConversationId, said.Seq, said.Text,
                    direction = said.ByHuman ? "human" : "automation", sentAt = said.SentAt.ToUnixTimeMilliseconds(),
                }),
            context.CancellationToken);
        if (said.ByHuman)
        {
            thinking.Signal(new ConversationKey(said.LocationId, said.ConversationId));
        }
    }
}
