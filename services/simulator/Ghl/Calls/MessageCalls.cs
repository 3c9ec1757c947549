using EnterpriseHub.Simulator.Ghl.State;
using EnterpriseHub.Simulator.Json;
using EnterpriseHub.Simulator.Leads;

namespace EnterpriseHub.Simulator.Ghl.Calls;

/// <summary>Sends and reads messages.</summary>
internal sealed class MessageCalls(GhlStore store, OutboundEcho echo)
{
    public GhlAnswer Send(GhlCall call)
    {
        var contactId = call.Text("contactId");
        var type = call.Text("type");
        call.Entry.ContactId = contactId;
        var complaints = new List<string>();
        if (type is null || !MessageChannel.All.ContainsKey(type))
        {
            complaints.Add($"type must be one of the following values: {string.Join(", ", MessageChannel.All.Keys)}");
        }
        if (string.IsNullOrEmpty(contactId))
        {
            complaints.Add("contactId should not be empty");
        }
        if (complaints.Count > 0)
        {
            return GhlAnswer.Unprocessable(complaints);
        }
        var channel = MessageChannel.All[type!];
        if ((call.Text("message") ?? call.Text("html")) is not { Length: > 0 } text)
        {
            return GhlAnswer.Error(400, "There is no message or attachments for this message. Skip sending.");
        }
        SimMessage message;
        lock (store.Gate)
        {
            if (store.Contact(contactId!, call.LocationId) is not { } contact)
            {
                return ContactCalls.NotFound(contactId!);
            }
            call.Entry.ConversationId = contact.ConversationId;
            if (contact.LocationId != call.LocationId)
            {
                return GhlCall.OtherLocation;
            }
            if (contact.Blocks(channel.Dnd))
            {
                return GhlAnswer.Error(400, $"Cannot send message as DND is active for {channel.Type}.");
            }
            message = store.Add(contact, channel, "outbound", text, "api");
        }
        echo.Saved(message);
        return GhlAnswer.Ok(JsonText.Object(message, static (writer, sent) =>
        {
            writer.WriteString("conversationId", sent.ConversationId);
            writer.WriteString("messageId", sent.Id);
            if (sent.Channel.Type == "Email")
            {
                writer.WriteString("emailMessageId", sent.Id);
            }
            writer.WriteString("msg", "Message queued successfully.");
            writer.WriteString("status", "pending");
            writer.WriteString("traceId", SimIds.Uuid());
        })) with { MessageId = message.Id };
    }

    public GhlAnswer Get(GhlCall call)
    {
        SimMessage? message;
        lock (store.Gate)
        {
            message = store.Message(call.Route("messageId"));
        }
        if (message is null)
        {
            return GhlAnswer.Error(400, $"Message not found for id:{call.Route("messageId")}");
        }
        call.Entry.ContactId = message.ContactId;
        call.Entry.ConversationId = message.ConversationId;
        call.Entry.MessageId = message.Id;
        return message.LocationId != call.LocationId ? GhlCall.OtherLocation : GhlAnswer.Ok(JsonText.Object((message, call.Flat), static (writer, given) =>
        {
            if (given.Flat)
            {
                MessageJson.Write(writer, given.message);
                return;
            }
            writer.WriteStartObject("message");
            MessageJson.Write(writer, given.message);
            writer.WriteEndObject();
            writer.WriteString("traceId", SimIds.Uuid());
        }));
    }
}
