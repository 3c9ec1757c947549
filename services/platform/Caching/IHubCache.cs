namespace EnterpriseHub.Platform.Caching;

/// <summary>Name of a cached entry. The location is part of every key, so that no tenant can read another's.</summary>
/// <param name="LocationId">GHL location.</param>
/// <param name="Kind">What it is, e.g. <c>contact</c>, <c>market</c>, <c>score</c>.</param>
/// <param name="Id">Which one; empty when there is one a location.</param>
public readonly record struct CacheKey(string LocationId, string Kind, string Id = "");

/// <summary>
/// Two levels (process, Redis) of cached documents. Losing it costs milliseconds, never an answer: a failing second level
/// reads as a miss and is left alone for a while, and no call throws for the cache's sake.
/// </summary>
public interface IHubCache
{
    /// <summary>The entry, or null when it is missing, expired, invalidated or unreadable.</summary>
    ValueTask<T?> GetAsync<T>(CacheKey key, CancellationToken cancellation)
        where T : class;

    /// <summary>Stores an entry.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">A document; stored as JSON.</param>
    /// <param name="lifetime">How long it may be read.</param>
    /// <param name="tags">Tags by which it can be forgotten, e.g. <c>contact:abc</c>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask SetAsync<T>(CacheKey key, T value, TimeSpan lifetime, IReadOnlyList<string> tags, CancellationToken cancellation)
        where T : class;

    /// <summary>Forgets every entry of a location that carries the tag, in every instance; <c>*</c> forgets the whole location.</summary>
    ValueTask InvalidateAsync(string locationId, string tag, CancellationToken cancellation);
}
