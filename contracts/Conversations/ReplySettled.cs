namespace EnterpriseHub.Contracts.Conversations;

/// <summary>How a send ended.</summary>
public enum ReplyState
{
    /// <summary>GHL has it, once.</summary>
    Sent,

    /// <summary>A newer message came before it went out; the next turn answers both.</summary>
    Superseded,

    /// <summary>It may not be sent; the reason says why (opt_out, dnd, bot_off, takeover, …).</summary>
    Suppressed,

    /// <summary>It could not be decided; a person must look. An alert is raised.</summary>
    Held,

    /// <summary>GHL refused it for good.</summary>
    Failed,
}

/// <summary>Event: a reply reached its end.</summary>
public sealed record ReplySettled
{
    /// <summary>The turn.</summary>
    public required string TurnId { get; init; }

    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>How it ended.</summary>
    public required ReplyState State { get; init; }

    /// <summary>Why, in snake_case; null when sent.</summary>
    public string? Reason { get; init; }

    /// <summary>GHL's id of the sent message.</summary>
    public string? GhlMessageId { get; init; }

    /// <summary>Copied from <see cref="SendReply.AnswersUpToSeq"/>.</summary>
    public required long AnswersUpToSeq { get; init; }

    /// <summary>Milliseconds from the receipt of the first message to the stages reached, by <see cref="TurnStages"/>: commanded, claimed, posted, answered.</summary>
    public IReadOnlyDictionary<string, double> StageMs { get; init; } = new Dictionary<string, double>();

    /// <summary>When it settled, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
