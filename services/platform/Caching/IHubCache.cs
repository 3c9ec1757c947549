namespace EnterpriseHub.Platform.Caching;

/// <summary>Name of a cached entry. The location is part of every key, so that no tenant can read another's.</summary>
/// <param name="LocationId">GHL location.</param>
/// <param name="Kind">What it is, e.g. <c>contact</c>, <c>market</c>, <c>score</c>.</param>
/// <param name="Id">Which one; empty when there is one a location.</param>
public readonly record struct CacheKey(string LocationId, string Kind, string Id = "");

/// <summary>
/// Two levels (process, Redis) of cached documents. Losing it costs milliseconds, never an answer: a failing second level
/// reads as a miss and is left alone for a while, and no call throws for the cache's sake. Documents are shared: never change one.
/// </summary>
public interface IHubCache
{
    /// <summary>The entry, or null when it is missing, expired, invalidated or unreadable.</summary>
    ValueTask<T?> GetAsync<T>(CacheKey key, CancellationToken cancellation)
        where T : class;

    /// <summary>
    /// Stores an entry. After a miss of <see cref="GetAsync"/> in this process it counts as read at that miss, so that an
    /// invalidation in between wins; without a miss it counts as read now.
    /// </summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">A document; stored as JSON.</param>
    /// <param name="lifetime">How long it may be read; at most 24 hours.</param>
    /// <param name="tags">Tags by which it can be forgotten, e.g. <c>contact:abc</c>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask SetAsync<T>(CacheKey key, T value, TimeSpan lifetime, IReadOnlyList<string> tags, CancellationToken cancellation)
        where T : class;

    /// <summary>Forgets every entry of a location that carries the tag, in every instance; <c>*</c> forgets the whole location.</summary>
    ValueTask InvalidateAsync(string locationId, string tag, CancellationToken cancellation);

    /// <summary>The entry, or what <paramref name="fill"/> answers, which is then stored. Callers of one process that miss together fill once.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="lifetime">How long it may be read; at most 24 hours.</param>
    /// <param name="tags">Tags by which it can be forgotten.</param>
    /// <param name="fill">Reads the truth; null is not stored. Its failure is the caller's.</param>
    /// <param name="cancellation">Ends this caller's wait; the fill goes on for the others.</param>
    async ValueTask<T?> GetOrFillAsync<T>(
        CacheKey key, TimeSpan lifetime, IReadOnlyList<string> tags, Func<CancellationToken, Task<T?>> fill, CancellationToken cancellation)
        where T : class
    {
        if (await GetAsync<T>(key, cancellation) is { } known)
        {
            return known;
        }
        var found = await fill(cancellation);
        if (found is not null)
        {
            await SetAsync(key, found, lifetime, tags, cancellation);
        }
        return found;
    }
}
