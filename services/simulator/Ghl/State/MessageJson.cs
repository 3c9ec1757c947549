using System.Text.Json;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Ghl.State;

/// <summary>Messages and conversations as GHL shows them.</summary>
internal static class MessageJson
{
    public static void Write(Utf8JsonWriter writer, SimMessage message)
    {
        writer.WriteString("id", message.Id);
        writer.WriteNumber("type", message.Channel.Number);
        writer.WriteString("messageType", message.Channel.TypeName);
        writer.WriteString("locationId", message.LocationId);
        writer.WriteString("contactId", message.ContactId);
        writer.WriteString("conversationId", message.ConversationId);
        writer.WriteString("dateAdded", JsonText.Iso(message.DateAdded));
        writer.WriteString("body", message.Body);
        writer.WriteString("direction", message.Direction);
        writer.WriteString("status", message.Status);
        writer.WriteString("contentType", "text/plain");
        writer.WriteStartArray("attachments");
        writer.WriteEndArray();
        if (message.Source is not null)
        {
            writer.WriteString("source", message.Source);
        }
    }

    public static void WriteConversation(Utf8JsonWriter writer, SimConversation conversation, SimContact contact, SimMessage? last)
    {
        var name = contact.Field("firstName") ?? contact.Field("name") ?? "";
        writer.WriteStartObject();
        writer.WriteString("id", conversation.Id);
        writer.WriteString("contactId", conversation.ContactId);
        writer.WriteString("locationId", conversation.LocationId);
        writer.WriteString("lastMessageBody", last?.Body ?? "");
        writer.WriteString("lastMessageType", (last?.Channel ?? MessageChannel.Sms).TypeName);
        writer.WriteString("lastMessageDirection", last?.Direction ?? "inbound");
        writer.WriteNumber("lastMessageDate", (last?.DateAdded ?? conversation.DateAdded).ToUnixTimeMilliseconds());
        writer.WriteString("type", "TYPE_PHONE");
        writer.WriteNumber("unreadCount", conversation.Unread);
        writer.WriteString("fullName", name);
        writer.WriteString("contactName", name);
        writer.WriteString("email", contact.Field("email") ?? "");
        writer.WriteString("phone", contact.Field("phone") ?? "");
        writer.WriteEndObject();
    }
}
