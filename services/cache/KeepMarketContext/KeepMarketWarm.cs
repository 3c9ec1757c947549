using System.Data.Common;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Cache.KeepMarketContext;

/// <summary>Warms every market context at start and again before it expires, so that no reply waits for it.</summary>
internal sealed class KeepMarketWarm(MarketWarmer warmer, IOptions<WarmingOptions> options, TimeProvider time, ILogger<KeepMarketWarm> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.MarketLifetime / 3, time);
        do
        {
            try
            {
                var warmed = await warmer.WarmAllAsync(stoppingToken);
                logger.LogDebug("Market context of {Count} locations is warm", warmed);
            }
            catch (DbException failure)
            {
                logger.LogWarning("Market context was not warmed ({Error}); will try again", failure.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
