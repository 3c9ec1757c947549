using System.ComponentModel.DataAnnotations;

namespace EnterpriseHub.Platform.Caching;

/// <summary>The shared cache; section <c>Cache</c>.</summary>
public sealed class CacheOptions
{
    /// <summary>Second level, shared by all instances.</summary>
    /// <value><c>Redis</c> or <c>Memory</c> (none: one process only); no default.</value>
    public string? Provider { get; init; }

    /// <summary>Redis address in the client's notation.</summary>
    /// <value>No default; required by <c>Redis</c>, e.g. <c>redis:6379,password=secret,ssl=true</c>.</value>
    public string? Redis { get; init; }

    /// <summary>Entries kept in this process.</summary>
    /// <value>Default 10 000; 100 to 1 000 000.</value>
    [Range(100, 1_000_000, ErrorMessage = "Cache:LocalEntries must be 100 to 1000000.")]
    public int LocalEntries { get; init; } = 10_000;

    /// <summary>Longest time in seconds that this process serves an entry without looking at Redis: the bound on staleness while its messages do not arrive.</summary>
    /// <value>Default 60; 1 to 3600. Not used by <c>Memory</c>.</value>
    [Range(1, 3600, ErrorMessage = "Cache:LocalSeconds must be 1 to 3600.")]
    public int LocalSeconds { get; init; } = 60;
}
