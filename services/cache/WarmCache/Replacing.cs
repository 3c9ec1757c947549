using EnterpriseHub.Platform.Caching;

namespace EnterpriseHub.Cache.WarmCache;

/// <summary>Writing what is known to be newer than anything a reader may be fetching now.</summary>
internal static class Replacing
{
    /// <summary>
    /// Makes every instance forget the old document, then stores the new one. A plain set would count as read at the oldest open
    /// miss of the key, which may be before the forgetting; a fill that begins after it does not.
    /// </summary>
    public static async ValueTask ReplaceAsync<T>(
        this IHubCache cache, CacheKey key, T document, TimeSpan lifetime, string tag, CancellationToken cancellation)
        where T : class
    {
        await cache.InvalidateAsync(key.LocationId, tag, cancellation);
        await cache.GetOrFillAsync(key, lifetime, [tag], _ => Task.FromResult<T?>(document), cancellation);
    }
}
