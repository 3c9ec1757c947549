namespace EnterpriseHub.Contracts.Conversations;

/// <summary>Command: send the reply of a turn. The gateway sends it at most once and reports with <see cref="ReplySettled"/>.</summary>
public sealed record SendReply
{
    /// <summary>The turn; also the idempotency key of the send.</summary>
    public required string TurnId { get; init; }

    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>Channel as in <see cref="InboundMessageAccepted.Channel"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>What to say.</summary>
    public required string Text { get; init; }

    /// <summary>Last accepted message that this answers; a newer one supersedes the reply.</summary>
    public required long AnswersUpToSeq { get; init; }

    /// <summary>Event ids of the messages that it answers; empty in a command that is given again.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>Epoch of the conversation's lease under which the turn was committed; orders the turns of a conversation.</summary>
    public required long Epoch { get; init; }

    /// <summary>
    /// Earlier turns whose end was not known when this was thought: it takes their replies as said. Where one of them was superseded after all,
    /// this one is superseded too, and the messages of both are answered by a new turn.
    /// </summary>
    public IReadOnlyList<string> Follows { get; init; } = [];

    /// <summary>When the first message it answers was received, UTC; for end-to-end latency.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When the turn was committed, UTC.</summary>
    public required DateTimeOffset DecidedAt { get; init; }
}
