using EnterpriseHub.AiOrchestrator.ReplyToMessage;
using EnterpriseHub.AiOrchestrator.Storage;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Storage;
using MassTransit;

namespace EnterpriseHub.AiOrchestrator.RecordThread;

/// <summary>Notes that a contact asked to stop, or to start again; the later of the two counts.</summary>
internal sealed class RecordOptOutConsumer(OrchestratorDatabase database, ThinkingHere thinking) : IConsumer<OptOutRecorded>
{
    public async Task Consume(ConsumeContext<OptOutRecorded> context)
    {
        var optOut = context.Message;
        var conversations = await database.WriteAsync(
            async unit =>
            {
                await NoteAsync(unit, optOut);
                return await unit.QueryAsync<string>(
                    "SELECT conversation_id FROM conversation WHERE location_id = @LocationId AND contact_id = @ContactId",
                    new { optOut.LocationId, optOut.ContactId });
            },
            context.CancellationToken);
        foreach (var conversation in conversations)
        {
            thinking.Signal(new ConversationKey(optOut.LocationId, conversation));
        }
    }

    private static Task<int> NoteAsync(UnitOfWork unit, OptOutRecorded optOut) => unit.ExecuteAsync(
        """
        INSERT INTO lead (location_id, contact_id, opted_out_at, opted_in_at, updated_at)
        VALUES (@LocationId, @ContactId, @outAt, @inAt, now_ms())
        ON CONFLICT (location_id, contact_id) DO UPDATE SET
          opted_out_at = CASE WHEN excluded.opted_out_at > lead.opted_out_at THEN excluded.opted_out_at ELSE lead.opted_out_at END,
          opted_in_at = CASE WHEN excluded.opted_in_at > lead.opted_in_at THEN excluded.opted_in_at ELSE lead.opted_in_at END,
          updated_at = now_ms()
        """,
        new
        {
            optOut.LocationId, optOut.ContactId,
            outAt = optOut.OptedOut ? optOut.At.ToUnixTimeMilliseconds() : 0L,
            inAt = optOut.OptedOut ? 0L : optOut.At.ToUnixTimeMilliseconds(),
        });
}
