namespace EnterpriseHub.Contracts.Scoring;

/// <summary>Event, and the answer to <see cref="ScoreLead"/>: a lead's score and why. A cached document: its shape is a contract.</summary>
public sealed record LeadScored
{
    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>0 to 100; null when nothing is known of the lead.</summary>
    public int? Score { get; init; }

    /// <summary>What made the score, strongest first.</summary>
    public IReadOnlyList<ScoreReason> Reasons { get; init; } = [];

    /// <summary>Which rules or model scored, e.g. <c>rules-1</c>.</summary>
    public required string Model { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>One reason of a score.</summary>
/// <param name="Factor">Name, e.g. <c>timeline_within_45_days</c>.</param>
/// <param name="Points">Points it added or took.</param>
public sealed record ScoreReason(string Factor, int Points);
