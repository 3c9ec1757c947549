using EnterpriseHub.Contracts.Caching;
using EnterpriseHub.Platform.Caching;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage.Steps;

/// <summary>Market facts that a reply may state; facts older than 90 days are none.</summary>
internal sealed class ReadMarket(IHubCache cache, TimeProvider time)
{
    private const int OldestDays = 90;

    public async Task<MarketContext?> RunAsync(string locationId, CancellationToken cancellation)
    {
        var market = await cache.GetAsync<MarketContext>(new CacheKey(locationId, "market"), cancellation);
        var oldest = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-OldestDays);
        return market is not null && market.LocationId == locationId && market.AsOf >= oldest ? market : null;
    }
}
