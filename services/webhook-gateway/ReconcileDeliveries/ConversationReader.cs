using EnterpriseHub.WebhookGateway.DeliverReply;
using EnterpriseHub.WebhookGateway.GhlApi;

namespace EnterpriseHub.WebhookGateway.ReconcileDeliveries;

/// <summary>Reads the newest messages of a reply's conversation.</summary>
internal sealed class ConversationReader(LocationApi api)
{
    /// <summary>Prefix of conversation ids that the intake made of the contact because GHL named none.</summary>
    private const string MadeOfContact = "contact:";

    /// <summary>The messages, or null when they cannot be read now.</summary>
    public async Task<IReadOnlyList<ListedMessage>?> ReadAsync(Reply reply, CancellationToken cancellation)
    {
        if (!reply.ConversationId.StartsWith(MadeOfContact, StringComparison.Ordinal))
        {
            return await ListAsync(reply.LocationId, reply.ConversationId, cancellation);
        }
        var found = await api.CallAsync(reply.LocationId, MessageCalls.Search(reply.LocationId, reply.ContactId, 5), DrawFor.Reply, cancellation);
        if (found.Value is null)
        {
            return null;
        }
        var messages = new List<ListedMessage>();
        foreach (var conversation in found.Value.Where(one => one.ContactId == reply.ContactId))
        {
            if (await ListAsync(reply.LocationId, conversation.Id, cancellation) is not { } listed)
            {
                return null;
            }
            messages.AddRange(listed);
        }
        return messages;
    }

    private async Task<IReadOnlyList<ListedMessage>?> ListAsync(string locationId, string conversationId, CancellationToken cancellation) =>
        // Twice the twenty that are compared: the list holds the lead's messages too.
        (await api.CallAsync(locationId, MessageCalls.List(conversationId, 40), DrawFor.Reply, cancellation)).Value?.Messages;
}
