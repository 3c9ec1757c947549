using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

/// <summary>A webhook as we understand it, before anything is stored.</summary>
internal sealed record GhlEvent
{
    /// <summary>HighLevel's name of the event; <c>workflow</c> for a workflow webhook.</summary>
    public required string Type { get; init; }

    /// <summary>Empty for an event of a whole agency.</summary>
    public string LocationId { get; init; } = string.Empty;

    public string? ConversationId { get; init; }

    public string? ContactId { get; init; }

    /// <summary>The message itself, whichever way and however often it came; null for what is not a message.</summary>
    public string? MessageKey { get; init; }

    /// <summary>When it happened, by HighLevel's clock; null where it does not say.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What follows from it, in order; empty: nothing.</summary>
    public IReadOnlyList<IMeaning> Meanings { get; init; } = [];

    /// <summary>False for a type that is not in <see cref="EventTable"/>.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>The text a lead wrote, when the event is one.</summary>
    public InboundText? Inbound => Meanings.OfType<InboundText>().FirstOrDefault();

    /// <summary>The members that every event has.</summary>
    public static GhlEvent Of(GhlPayload payload, string type) => new()
    {
        Type = type,
        LocationId = payload.Id("locationId") ?? string.Empty,
        ConversationId = payload.Id("conversationId"),
        ContactId = payload.Id("contactId"),
        At = payload.Time("timestamp") ?? payload.Time("dateAdded"),
    };
}
