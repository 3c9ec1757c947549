using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.OptOut;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

/// <summary>Workflow webhooks: the "Webhook (Outbound)" action, a custom body, and the actions and triggers of a marketplace app.</summary>
internal static class WorkflowEvents
{
    public const string Type = "workflow";

    /// <summary>The location that the body names; null when it names none.</summary>
    public static string? LocationOf(GhlPayload payload) =>
        payload.Object("location").Id("id") ?? payload.Object("extras").Id("locationId") ?? payload.Id("locationId") ?? payload.Id("location_id");

    public static GhlEvent Read(GhlPayload payload, string locationId)
    {
        var contact = ContactOf(payload);
        var meanings = new List<IMeaning> { Signal(payload) };
        if (contact is not null && payload.Has("tags"))
        {
            meanings.Add(new ContactState(contact, "tags", payload));
        }
        var conversation = payload.Id("conversation_id") ?? payload.Id("conversationId") ?? (contact is null ? null : MessageEvents.ConversationOf(contact));
        if (contact is not null && InboundTextOf(payload) is { } text)
        {
            meanings.Add(new InboundText
            {
                ConversationId = conversation!,
                ContactId = contact,
                MessageId = payload.Object("message").Id("id"),
                Channel = MessageKind.Of(payload.Object("message")).Channel,
                Text = text,
                IsOptOut = OptOutWords.IsOptOut(text),
                IsOptIn = OptOutWords.IsOptIn(text),
            });
        }
        return new GhlEvent
        {
            Type = Type,
            LocationId = locationId,
            ContactId = contact,
            ConversationId = meanings.OfType<InboundText>().Any() ? conversation : null,
            Meanings = meanings,
        };
    }

    private static string? ContactOf(GhlPayload payload) =>
        payload.Id("contact_id") ?? payload.Id("contactId") ?? payload.Object("extras").Id("contactId")
        ?? payload.Object("contact").Id("id")
        // A custom body of only a contact's merge fields.
        ?? (payload.Has("email") || payload.Has("phone") ? payload.Id("id") : null);

    private static string? InboundTextOf(GhlPayload payload)
    {
        var message = payload.Object("message");
        var text = message.Text("direction") is "inbound" ? MessageText.Of(message, MessageKind.Of(message).Channel) : string.Empty;
        return text.Length > 0 ? text : null;
    }

    private static RecordChange Signal(GhlPayload payload)
    {
        var trigger = payload.Object("triggerData");
        var facts = Facts.Of(
            ("key", payload.Object("meta").Text("key")),
            ("event", payload.Object("customData").Text("event")),
            ("triggerId", trigger.Id("id")));
        var workflow = payload.Object("workflow").Id("id") ?? payload.Object("extras").Id("workflowId");
        return trigger.Text("eventType") is { Length: > 0 } subscription
            ? new RecordChange("workflow", $"subscription_{subscription.ToLowerInvariant()}", workflow, facts)
            : new RecordChange("workflow", "triggered", workflow, facts);
    }
}
