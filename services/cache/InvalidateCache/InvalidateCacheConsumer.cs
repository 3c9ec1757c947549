using EnterpriseHub.Cache.KeepMarketContext;
using EnterpriseHub.Platform.Caching;
using MassTransit;
using Command = EnterpriseHub.Contracts.Caching.InvalidateCache;

namespace EnterpriseHub.Cache.InvalidateCache;

/// <summary>Forgets by tag on another module's request. Forgetting twice is forgetting once.</summary>
internal sealed class InvalidateCacheConsumer(IHubCache cache, MarketWarmer market, ILogger<InvalidateCacheConsumer> logger) : IConsumer<Command>
{
    public async Task Consume(ConsumeContext<Command> context)
    {
        var command = context.Message;
        await cache.InvalidateAsync(command.LocationId, command.Tag, context.CancellationToken);
        await market.RestoreAsync(command.LocationId, command.Tag, context.CancellationToken);
        logger.LogInformation("Cache of location {LocationId} forgot {Tag}, asked by {RequestedBy}", command.LocationId, command.Tag, command.RequestedBy);
    }
}
