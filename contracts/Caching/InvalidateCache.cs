namespace EnterpriseHub.Contracts.Caching;

/// <summary>Command: forget every cached entry of a location that carries the tag.</summary>
public sealed record InvalidateCache
{
    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>Tag, e.g. <c>contact:abc</c>, <c>market</c>, or <c>*</c> for everything of the location.</summary>
    public required string Tag { get; init; }

    /// <summary>Who asked, for the log: a module's name or <c>api</c>.</summary>
    public required string RequestedBy { get; init; }
}
