using EnterpriseHub.AiOrchestrator.Qualification;
using EnterpriseHub.Contracts.Conversations;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>Names a conversation.</summary>
internal readonly record struct ConversationKey(string LocationId, string ConversationId);

/// <summary>What one turn has to answer: the unanswered messages and what was said before them.</summary>
internal sealed record Turn
{
    public required ConversationKey Key { get; init; }

    public required string ContactId { get; init; }

    public required string Channel { get; init; }

    public required LocationProfile Profile { get; init; }

    /// <summary>The lead's unanswered messages, oldest first; never empty.</summary>
    public required IReadOnlyList<Said> Unanswered { get; init; }

    /// <summary>The one that has waited longest.</summary>
    public Said First => Unanswered.MinBy(said => said.ReceivedAt)!;

    /// <summary>What was said before, oldest first.</summary>
    public IReadOnlyList<Said> History { get; init; } = [];

    /// <summary>Question key to how often it was asked already.</summary>
    public IReadOnlyDictionary<string, int> Asked { get; init; } = new Dictionary<string, int>();

    public Mode? ModeBefore { get; init; }

    public Temperature? TemperatureBefore { get; init; }

    public Language? LanguageBefore { get; init; }

    /// <summary>The lead asked to stop and did not take it back.</summary>
    public bool OptedOut { get; init; }

    /// <summary>A person of the team is writing with this lead.</summary>
    public bool TakenOver { get; init; }

    /// <summary>The location's money for today is spent.</summary>
    public bool BudgetSpent { get; init; }

    /// <summary>Workflows that this lead was enrolled in before.</summary>
    public IReadOnlySet<string> Enrolled { get; init; } = new HashSet<string>();

    public Language Language => LanguageBefore ?? Languages.Of(string.Join(' ', Unanswered.Select(said => said.Text))) ?? Language.English;
}

/// <summary>One message of the thread.</summary>
internal sealed record Said
{
    public required string EventId { get; init; }

    /// <summary>lead, assistant, human or automation.</summary>
    public required string Direction { get; init; }

    public required string Text { get; init; }

    public long Seq { get; init; }

    public long Attachments { get; init; }

    public bool IsOptOut { get; init; }

    public bool IsLate { get; init; }

    public long SentAt { get; init; }

    public long ReceivedAt { get; init; }

    /// <summary>Of a lead's message; 0 where it is not known, as with those two below.</summary>
    public long StoredAt { get; init; }

    public long PublishedAt { get; init; }

    public long PickedUpAt { get; init; }
}
