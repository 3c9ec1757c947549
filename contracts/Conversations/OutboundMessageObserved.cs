namespace EnterpriseHub.Contracts.Conversations;

/// <summary>Event: GHL reported a message to the lead that is not ours: a person or an automation wrote.</summary>
public sealed record OutboundMessageObserved
{
    /// <summary>Id of the stored event.</summary>
    public required string EventId { get; init; }

    /// <summary>Order of acceptance, as in <see cref="InboundMessageAccepted.Seq"/>.</summary>
    public required long Seq { get; init; }

    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>Channel.</summary>
    public required string Channel { get; init; }

    /// <summary>Plain text.</summary>
    public required string Text { get; init; }

    /// <summary>True when a person typed it in GHL's app: the assistant steps back.</summary>
    public required bool ByHuman { get; init; }

    /// <summary>When it was sent, UTC.</summary>
    public required DateTimeOffset SentAt { get; init; }
}
