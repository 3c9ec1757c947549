using System.Text.Json;

namespace EnterpriseHub.AiOrchestrator.Conversations;

/// <summary>A conversation in the list. Times are UTC.</summary>
internal sealed record ConversationSummary
{
    public required string LocationId { get; init; }

    public required string ConversationId { get; init; }

    public required string ContactId { get; init; }

    public required string Channel { get; init; }

    /// <summary>seller, buyer or lead.</summary>
    public required string Mode { get; init; }

    /// <summary>hot, warm or cold.</summary>
    public required string Temperature { get; init; }

    /// <summary>Messages of the lead that no turn has answered yet.</summary>
    public required long Waiting { get; init; }

    /// <summary>Failed tries of the turn that waits.</summary>
    public required long Attempts { get; init; }

    public required bool OptedOut { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A conversation with what was said and thought.</summary>
internal sealed record ConversationView
{
    public required ConversationSummary Conversation { get; init; }

    /// <summary>Known fields.</summary>
    public required IReadOnlyDictionary<string, string> Qualification { get; init; }

    /// <summary>The last 200 messages, oldest first.</summary>
    public required IReadOnlyList<MessageView> Messages { get; init; }

    /// <summary>The last 100 turns, newest first.</summary>
    public required IReadOnlyList<TurnView> Turns { get; init; }
}

/// <summary>One message of the thread.</summary>
internal sealed record MessageView
{
    public required string Id { get; init; }

    /// <summary>lead, assistant, human or automation.</summary>
    public required string Direction { get; init; }

    public required string Text { get; init; }

    public required long Attachments { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>The turn that said it; null for others' messages.</summary>
    public string? TurnId { get; init; }
}

/// <summary>One turn.</summary>
internal sealed record TurnView
{
    public required string TurnId { get; init; }

    public required long AnswersUpToSeq { get; init; }

    public required string Decision { get; init; }

    public required string Reason { get; init; }

    public string? Reply { get; init; }

    public string? Asks { get; init; }

    public required string Mode { get; init; }

    public required string Temperature { get; init; }

    /// <summary>none, pending, sent, superseded, suppressed, held or failed.</summary>
    public required string Delivery { get; init; }

    public string? DeliveryReason { get; init; }

    public required JsonElement Analysis { get; init; }

    public required JsonElement Facts { get; init; }

    /// <summary>Steps with milliseconds and outcome.</summary>
    public required JsonElement Steps { get; init; }

    /// <summary>The stages that the turn reached and its steps, in order; empty for a turn of a version that took no times.</summary>
    public required IReadOnlyList<StageView> Stages { get; init; }

    public required long CostMicroUsd { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }
}
