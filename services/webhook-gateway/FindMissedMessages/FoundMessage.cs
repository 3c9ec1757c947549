using System.Text.Json;
using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

namespace EnterpriseHub.WebhookGateway.FindMissedMessages;

/// <summary>Writes a listed message down as the webhook that never came, so that all that reads webhooks reads it too.</summary>
internal static class FoundMessage
{
    /// <summary>Members of the list that a webhook has under the same name.</summary>
    private static readonly string[] Same =
        ["dateAdded", "body", "direction", "messageType", "status", "contentType", "attachments", "conversationProviderId", "chatWidgetId", "subject", "threadId", "from", "to"];

    /// <summary>A text; null when the item is none that a lead wrote.</summary>
    public static IncomingEvent? Of(string locationId, ListedConversation conversation, ListedMessage message, DateTimeOffset now) =>
        Read(locationId, conversation, message.Item, "messageId", message.Id, now);

    /// <summary>An e-mail that was read by its own id.</summary>
    public static IncomingEvent? Of(string locationId, ListedConversation conversation, string emailMessageId, ListedEmail email, DateTimeOffset now) =>
        Read(locationId, conversation, email.Item, "emailMessageId", emailMessageId, now);

    private static IncomingEvent? Read(string locationId, ListedConversation conversation, JsonElement item, string idName, string id, DateTimeOffset now)
    {
        // What names another location is not ours to store.
        if ((GhlJson.Text(item, "locationId") ?? locationId) != locationId)
        {
            return null;
        }
        var raw = Write(locationId, conversation, item, idName, id);
        return EventTable.Read(new GhlPayload(StrictJson.Read(raw).Body)) is { Inbound.SentAt: not null } read
            ? new IncomingEvent(read, raw, $"poll/{locationId}/{id}", now) { IsFound = true }
            : null;
    }

    private static byte[] Write(string locationId, ListedConversation conversation, JsonElement item, string idName, string id)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "InboundMessage");
            writer.WriteString("locationId", locationId);
            writer.WriteString("conversationId", conversation.Id);
            writer.WriteString("contactId", GhlJson.Text(item, "contactId") ?? conversation.ContactId);
            writer.WriteString(idName, id);
            if (idName == "emailMessageId")
            {
                writer.WriteString("messageTypeString", "TYPE_EMAIL");
            }
            else if (GhlJson.Member(item, "type") is { ValueKind: JsonValueKind.Number } number)
            {
                writer.WritePropertyName("messageTypeId");
                number.WriteTo(writer);
            }
            foreach (var name in Same)
            {
                if (GhlJson.Member(item, name) is { ValueKind: not JsonValueKind.Undefined and not JsonValueKind.Null } value)
                {
                    writer.WritePropertyName(name);
                    value.WriteTo(writer);
                }
            }
            writer.WriteEndObject();
        }
        return bytes.ToArray();
    }
}
