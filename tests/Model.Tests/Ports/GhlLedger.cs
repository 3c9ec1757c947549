namespace EnterpriseHub.Model.Tests.Ports;

/// <summary>A message as GHL keeps it.</summary>
internal sealed record SavedMessage
{
    public required string Id { get; init; }

    public required string ConversationId { get; init; }

    public required string ContactId { get; init; }

    public required string Text { get; init; }

    /// <summary>The turn it was posted for; null: a person wrote it.</summary>
    public required string? TurnId { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>When the list shows it.</summary>
    public required TimeSpan ListedAt { get; init; }
}

/// <summary>A POST whose body went out.</summary>
internal sealed record Posted
{
    public required string TurnId { get; init; }

    public required string ContactId { get; init; }

    public required PostOutcome Outcome { get; init; }

    /// <summary>Step and time at which its claim was committed.</summary>
    public required (int Step, TimeSpan At) Claimed { get; init; }

    /// <summary>Step and time at which its body was written.</summary>
    public required (int Step, TimeSpan At) Written { get; init; }
}

/// <summary>What GHL got and kept: the oracle's witness.</summary>
internal sealed class GhlLedger
{
    /// <summary>In order of saving.</summary>
    public List<SavedMessage> Saved { get; } = [];

    public List<Posted> Posts { get; } = [];

    public IEnumerable<SavedMessage> OfTurn(string turnId) => Saved.Where(message => message.TurnId == turnId);
}
