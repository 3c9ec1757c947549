namespace EnterpriseHub.Contracts.Conversations;

/// <summary>Event: one turn of a conversation was thought through and committed.</summary>
public sealed record TurnDecided
{
    /// <summary>The turn.</summary>
    public required string TurnId { get; init; }

    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>The latest message that was known; an earlier one may still be on its way.</summary>
    public required long AnswersUpToSeq { get; init; }

    /// <summary>Event ids of the messages that are answered by it or deliberately not.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary><c>send</c>, <c>hand_over</c> or <c>stay_silent</c>.</summary>
    public required string Decision { get; init; }

    /// <summary>Why, in snake_case, e.g. <c>answered</c>, <c>bot_off</c>, <c>opt_out</c>, <c>needs_human</c>.</summary>
    public required string Reason { get; init; }

    /// <summary><c>seller</c>, <c>buyer</c> or <c>lead</c>.</summary>
    public required string Mode { get; init; }

    /// <summary><c>hot</c>, <c>warm</c> or <c>cold</c> by the one policy.</summary>
    public required string Temperature { get; init; }

    /// <summary>Qualification after this turn: field to value; only known fields.</summary>
    public IReadOnlyDictionary<string, string> Qualification { get; init; } = new Dictionary<string, string>();

    /// <summary>What the message meant: intent, sentiment, urgency, language; empty when nothing was analysed.</summary>
    public IReadOnlyDictionary<string, string> Analysis { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of preferred steps that gave their fallback.</summary>
    public IReadOnlyList<string> Degraded { get; init; } = [];

    /// <summary>The steps and how long each took.</summary>
    public IReadOnlyList<StepMeasured> Steps { get; init; } = [];

    /// <summary>Cost of the turn's model calls, millionths of a US dollar.</summary>
    public long CostMicroUsd { get; init; }

    /// <summary>Messages joined in this turn.</summary>
    public int Messages { get; init; } = 1;

    /// <summary>When the first of them was received, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When the turn was committed, UTC.</summary>
    public required DateTimeOffset DecidedAt { get; init; }
}

/// <summary>One step's measurement.</summary>
/// <param name="Step">Step name.</param>
/// <param name="Ms">Milliseconds.</param>
/// <param name="Outcome">ok, late, failed or cancelled.</param>
/// <param name="StartedMs">Milliseconds from the receipt of the turn's first message to the step's start, each by its own process's clock; null where it is not known.</param>
public sealed record StepMeasured(string Step, double Ms, string Outcome, double? StartedMs = null);
