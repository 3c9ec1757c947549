using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.OptOut;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

/// <summary>Messages and calls.</summary>
internal static class MessageEvents
{
    public static GhlEvent Inbound(GhlPayload payload, string type)
    {
        var message = Envelope(payload, type);
        var kind = MessageKind.Of(payload);
        if (kind.IsCall)
        {
            return message with { Meanings = [VoiceCall(payload, "inbound")] };
        }
        // Without a contact nobody can be answered; the event is kept for the eye of a person.
        if (message.ContactId is not { } contact || kind.IsActivity || payload.Text("direction") is "outbound")
        {
            return message;
        }
        var text = MessageText.Of(payload, kind.Channel);
        var conversation = message.ConversationId ?? ConversationOf(contact);
        return message with
        {
            ConversationId = conversation,
            Meanings =
            [
                new InboundText
                {
                    ConversationId = conversation,
                    ContactId = contact,
                    MessageId = MessageId(payload),
                    Channel = kind.Channel,
                    Text = text,
                    Attachments = payload.Count("attachments"),
                    SentAt = payload.Time("dateAdded") ?? message.At,
                    IsOptOut = OptOutWords.IsOptOut(text) || (kind.Channel == "Email" && OptOutWords.IsSubjectOptOut(payload.Text("subject"))),
                    IsOptIn = OptOutWords.IsOptIn(text),
                },
            ],
        };
    }

    public static GhlEvent Outbound(GhlPayload payload, string type)
    {
        var message = Envelope(payload, type);
        var kind = MessageKind.Of(payload);
        if (kind.IsCall)
        {
            return message with { Meanings = [VoiceCall(payload, "outbound")] };
        }
        if (kind.IsInternalComment)
        {
            return message with { Meanings = [new RecordChange("note", "created", MessageId(payload), Facts.Of(("internal", "true")))] };
        }
        if (message.ContactId is not { } contact || kind.IsActivity || payload.Text("direction") is "inbound")
        {
            return message;
        }
        var source = payload.Text("source");
        var conversation = message.ConversationId ?? ConversationOf(contact);
        return message with
        {
            ConversationId = conversation,
            Meanings =
            [
                new OutboundText
                {
                    ConversationId = conversation,
                    ContactId = contact,
                    MessageId = MessageId(payload),
                    Channel = kind.Channel,
                    Text = MessageText.Of(payload, kind.Channel),
                    ByApi = source is "api",
                    ByUser = payload.Id("userId") is not null && source is null or "" or "app",
                    InApp = payload.Id("userId") is not null && source is "app",
                    Failed = payload.Text("status") is "failed" or "undelivered",
                    SentAt = payload.Time("dateAdded") ?? message.At,
                },
            ],
        };
    }

    public static GhlEvent VoiceAiCallEnd(GhlPayload payload, string type) => GhlEvent.Of(payload, type) with
    {
        Meanings = [new RecordChange("voice_call", "completed", payload.Id("id"), Facts.Of(payload, "agentId", "duration", "trialCall"))],
    };

    /// <summary>HighLevel asks a conversation provider to deliver a text; we are none, so it is only a fact.</summary>
    public static bool IsProviderOutbound(GhlPayload payload) =>
        payload.Id("contactId") is not null && payload.Id("messageId") is not null
        && !payload.Has("webhookId") && (payload.Has("message") || payload.Has("html"));

    public static GhlEvent ProviderOutbound(GhlPayload payload) => Envelope(payload, "ProviderOutboundMessage") with
    {
        Meanings = [new RecordChange("message", "handed_to_provider", payload.Id("messageId"), Facts.Of(("channel", MessageKind.Of(payload).Channel)))],
    };

    /// <summary>HighLevel has one conversation a contact; where it does not name it, the contact does.</summary>
    public static string ConversationOf(string contactId) => $"contact:{contactId}";

    private static GhlEvent Envelope(GhlPayload payload, string type)
    {
        var plain = GhlEvent.Of(payload, type);
        return plain with { MessageKey = MessageKeys.Of(payload, type, MessageId(payload)) };
    }

    private static string? MessageId(GhlPayload payload) => payload.Id("messageId") ?? payload.Id("emailMessageId");

    private static RecordChange VoiceCall(GhlPayload payload, string direction)
    {
        var isVoicemail = payload.Text("messageTypeString") is "TYPE_VOICEMAIL" || payload.Text("status") is "voicemail" || payload.Text("callStatus") is "voicemail";
        var facts = Facts.Of(payload, "status", "callStatus", "callDuration");
        facts["direction"] = direction;
        return new RecordChange("voice_call", isVoicemail ? "voicemail" : "completed", MessageId(payload), facts) { At = payload.Time("dateAdded") };
    }
}
