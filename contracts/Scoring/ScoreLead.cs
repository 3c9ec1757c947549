namespace EnterpriseHub.Contracts.Scoring;

/// <summary>Request: the lead's score now. Answered with <see cref="LeadScored"/>.</summary>
public sealed record ScoreLead
{
    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }
}
