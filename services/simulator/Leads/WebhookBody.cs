using EnterpriseHub.Simulator.Ghl.State;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Leads;

/// <summary>Webhook bodies, compact as GHL sends them.</summary>
internal static class WebhookBody
{
    private const string AppId = "5e5e5e5e5e5e5e5e5e5e5e5e";

    /// <summary>An <c>InboundMessage</c> or <c>OutboundMessage</c>.</summary>
    public static byte[] Of(SimMessage message, string leadPhone, DateTimeOffset now) => JsonText.Object((message, leadPhone, now), static (writer, given) =>
    {
        var message = given.message;
        var inbound = message.Direction == "inbound";
        var office = MadeUpPeople.OfficePhone(message.LocationId);
        writer.WriteString("type", inbound ? "InboundMessage" : "OutboundMessage");
        writer.WriteString("locationId", message.LocationId);
        writer.WriteString("versionId", AppId);
        writer.WriteString("appId", AppId);
        writer.WriteStartArray("attachments");
        writer.WriteEndArray();
        writer.WriteString("body", message.Body);
        writer.WriteString("contactId", message.ContactId);
        writer.WriteString("contentType", "text/plain");
        writer.WriteString("conversationId", message.ConversationId);
        writer.WriteString("dateAdded", JsonText.Iso(message.DateAdded));
        writer.WriteString("direction", message.Direction);
        writer.WriteString("messageType", message.Channel.Type);
        writer.WriteNumber("messageTypeId", message.Channel.Number);
        writer.WriteString("messageTypeString", message.Channel.TypeName);
        writer.WriteString("messageId", message.Id);
        writer.WriteString("status", message.Status);
        if (message.Source is not null)
        {
            writer.WriteString("source", message.Source);
        }
        writer.WriteString("from", inbound ? given.leadPhone : office);
        writer.WriteString("to", inbound ? office : given.leadPhone);
        writer.WriteString("timestamp", JsonText.Iso(given.now));
        writer.WriteString("webhookId", SimIds.Uuid());
    });
}
