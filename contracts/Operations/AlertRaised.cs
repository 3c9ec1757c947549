namespace EnterpriseHub.Contracts.Operations;

/// <summary>Event: something went wrong that the agency should see, beyond what a single reply's end tells.</summary>
public sealed record AlertRaised
{
    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>
    /// <c>missed_messages</c>: messages were read from GHL whose webhook never came; <c>sent_twice</c>, <c>not_ours</c>, <c>not_listed</c>:
    /// the daily audit found twins, orphans, or sends that GHL does not list.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>When it was found, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
