namespace EnterpriseHub.Contracts.Conversations;

/// <summary>A lead wrote. The webhook is stored and answered; GHL will not send it again. Published once a message, whatever GHL repeats.</summary>
public sealed record InboundMessageAccepted
{
    /// <summary>Id of the stored event; also its idempotency key.</summary>
    public required string EventId { get; init; }

    /// <summary>Order in which the gateway accepted events; grows, has gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>GHL location (tenant).</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL conversation; unique within the location.</summary>
    public required string ConversationId { get; init; }

    /// <summary>GHL contact who wrote.</summary>
    public required string ContactId { get; init; }

    /// <summary>GHL message id; null where GHL sent none.</summary>
    public string? MessageId { get; init; }

    /// <summary>Channel to answer on, in the words of GHL's send API: SMS, Email, WhatsApp, Live_Chat, FB, IG, Custom.</summary>
    public required string Channel { get; init; }

    /// <summary>Plain text, at most 4 000 characters; empty when only a file was sent.</summary>
    public required string Text { get; init; }

    /// <summary>Count of attachments. Their addresses are not passed on: nothing may fetch them.</summary>
    public int Attachments { get; init; }

    /// <summary>When the lead sent it, by GHL's clock, UTC.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>When the gateway received the webhook, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When the webhook was stored, UTC.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>True when the text is a request to stop; the contact is already opted out.</summary>
    public bool IsOptOut { get; init; }

    /// <summary>True when the event is too old to be answered (over 24 h); it is history only.</summary>
    public bool IsLate { get; init; }

    /// <summary>The location's settings as they were when the message was accepted.</summary>
    public required LocationProfile Location { get; init; }
}
