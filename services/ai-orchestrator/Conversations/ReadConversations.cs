using EnterpriseHub.AiOrchestrator.ReplyToMessage.Steps;
using EnterpriseHub.AiOrchestrator.Storage;

namespace EnterpriseHub.AiOrchestrator.Conversations;

/// <summary>Reads conversations for people. Every statement names the location.</summary>
internal sealed class ReadConversations(OrchestratorDatabase database, LoadQualification qualification)
{
    public Task<List<ConversationSummary>> ListAsync(string locationId, int limit, CancellationToken cancellation) => database.ReadAsync(
        async session =>
        {
            var rows = await session.QueryAsync<SummaryRow>(
                SummaryRow.Sql + " ORDER BY c.updated_at DESC LIMIT @most", new { locationId, conversationId = (string?)null, most = (long)limit });
            return rows.Select(row => row.ToView()).ToList();
        },
        cancellation);

    /// <summary>Null when the location has no such conversation.</summary>
    public async Task<ConversationView?> FindAsync(string locationId, string conversationId, CancellationToken cancellation)
    {
        var found = await database.ReadAsync(
            async session =>
            {
                var key = new { locationId, conversationId };
                var row = await session.FirstOrDefaultAsync<SummaryRow>(SummaryRow.Sql, key);
                return row is null
                    ? null
                    : new ConversationView
                    {
                        Conversation = row.ToView(),
                        Qualification = new Dictionary<string, string>(),
                        Messages = [.. (await session.QueryAsync<MessageRow>(MessageRow.Sql, key)).Reverse().Select(message => message.ToView())],
                        Turns = [.. (await session.QueryAsync<TurnRow>(TurnRow.Sql, key)).Select(turn => turn.ToView())],
                    };
            },
            cancellation);
        return found is null
            ? null
            : found with { Qualification = (await qualification.RunAsync(locationId, found.Conversation.ContactId, cancellation)).Known };
    }
}
