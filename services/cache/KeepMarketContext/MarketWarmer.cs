using EnterpriseHub.Cache.WarmCache;
using EnterpriseHub.Platform.Caching;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Cache.KeepMarketContext;

/// <summary>Puts market contexts where readers look: key (location, <c>market</c>), tag <c>market</c>.</summary>
internal sealed class MarketWarmer(MarketRows rows, IHubCache cache, IOptions<WarmingOptions> options)
{
    public const string Kind = "market";

    /// <summary>Forgets the old document everywhere, then writes the one that is stored now.</summary>
    public async Task ReplaceAsync(string locationId, CancellationToken cancellation)
    {
        // Another instance may have stored a newer one between our read and our write: the newest must be written last.
        for (var written = 0L; await rows.FindAsync(locationId, cancellation) is { } stored && stored.Version != written; written = stored.Version)
        {
            await cache.ReplaceAsync(new CacheKey(locationId, Kind), stored.Context, options.Value.MarketLifetime, Kind, cancellation);
        }
    }

    /// <summary>Rebuilds what an invalidation by this tag has taken away: nobody else would fill it.</summary>
    public Task RestoreAsync(string locationId, string tag, CancellationToken cancellation) =>
        tag is Kind or "*" ? ReplaceAsync(locationId, cancellation) : Task.CompletedTask;

    private async Task ExtendAsync(string locationId, CancellationToken cancellation)
    {
        if (await rows.FindAsync(locationId, cancellation) is { } stored)
        {
            await cache.SetAsync(new CacheKey(locationId, Kind), stored.Context, options.Value.MarketLifetime, [Kind], cancellation);
        }
    }

    public async Task<int> WarmAllAsync(CancellationToken cancellation)
    {
        var warmed = 0;
        var after = "";
        while (await rows.PageAsync(after, cancellation) is { Count: > 0 } page)
        {
            foreach (var locationId in page)
            {
                await ExtendAsync(locationId, cancellation);
            }
            warmed += page.Count;
            after = page[^1];
        }
        return warmed;
    }
}
