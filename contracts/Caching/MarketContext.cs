namespace EnterpriseHub.Contracts.Caching;

/// <summary>Dated facts of a location's market that a reply may state. A cached document: its shape is a contract (version 1).</summary>
public sealed record MarketContext
{
    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>Short sentences, each true at <see cref="AsOf"/>; at most 20 of 300 characters.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>Date of the facts; a reply must not state facts older than 90 days.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Where they come from, e.g. <c>local MLS report</c>.</summary>
    public required string Source { get; init; }
}
