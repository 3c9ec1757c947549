using System.Text.Json.Nodes;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary>Events in order of acceptance.</summary>
/// <param name="Events">At most as many as asked for.</param>
/// <param name="Next">Give it as <c>after</c> to go on to newer ones.</param>
/// <param name="Previous">Give it as <c>before</c> to go back to older ones.</param>
/// <param name="More">There are more in the direction that was asked for.</param>
internal sealed record EventPage(IReadOnlyList<EventView> Events, long Next, long Previous, bool More);

/// <summary>One event with its body.</summary>
/// <param name="Event">The row.</param>
/// <param name="Raw">The body as it came; only for an admin.</param>
/// <param name="Redacted">The body without texts, names and numbers; for others.</param>
internal sealed record EventDetail(EventView Event, string? Raw, JsonNode? Redacted);

/// <summary>A stored event. Times are Unix milliseconds UTC; <c>settledAt</c> 0: waits for its turn.</summary>
internal sealed record EventView
{
    public required long Seq { get; init; }

    public required string EventId { get; init; }

    public required string Type { get; init; }

    public required string Status { get; init; }

    public required string LocationId { get; init; }

    public string? ConversationId { get; init; }

    public string? ContactId { get; init; }

    public string? MessageKey { get; init; }

    public long Deliveries { get; init; }

    public long Rings { get; init; }

    public long ReceivedAt { get; init; }

    public long AcceptedAt { get; init; }

    public long SettledAt { get; init; }
}

/// <summary>Dead letters in order of their first failure.</summary>
/// <param name="DeadLetters">At most as many as asked for.</param>
/// <param name="Next">Give it as <c>after</c> to go on to newer ones.</param>
/// <param name="Previous">Give it as <c>before</c> to go back to older ones.</param>
/// <param name="More">There are more in the direction that was asked for.</param>
internal sealed record DeadLetterPage(IReadOnlyList<DeadLetterView> DeadLetters, long Next, long Previous, bool More);

/// <summary>One dead letter with its body.</summary>
/// <param name="DeadLetter">The row.</param>
/// <param name="Raw">The message as it was on the bus; only for an admin.</param>
/// <param name="Redacted">The message without texts, names and numbers; for others. Null where it is no JSON.</param>
internal sealed record DeadLetterDetail(DeadLetterView DeadLetter, string? Raw, JsonNode? Redacted);

/// <summary>A message that a consumer did not take. Times are Unix milliseconds UTC.</summary>
internal sealed record DeadLetterView
{
    public required long Seq { get; init; }

    public required string LetterId { get; init; }

    /// <summary>Its id on the bus.</summary>
    public required string MessageId { get; init; }

    public required string Queue { get; init; }

    /// <summary>Empty where the body does not tell.</summary>
    public required string MessageType { get; init; }

    /// <summary>Empty where the body names none.</summary>
    public required string LocationId { get; init; }

    /// <summary>Type name of the exception, or <c>skipped</c>.</summary>
    public required string Failure { get; init; }

    /// <summary>Tries before it was given up, the last time.</summary>
    public long Attempts { get; init; }

    /// <summary>How often it was given up.</summary>
    public long Failures { get; init; }

    /// <summary>open, replayed or dismissed.</summary>
    public required string Status { get; init; }

    public long FirstFailedAt { get; init; }

    public long FailedAt { get; init; }

    public long UpdatedAt { get; init; }
}
