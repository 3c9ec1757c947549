using EnterpriseHub.Cache.InvalidateCache;
using EnterpriseHub.Cache.KeepMarketContext;
using EnterpriseHub.Cache.ReportCacheStatistics;
using EnterpriseHub.Cache.Storage;
using EnterpriseHub.Cache.WarmCache;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Storage;
using MassTransit;

namespace EnterpriseHub.Cache;

/// <summary>Warms contact and market context and invalidates by tag; every caller works without it.</summary>
public sealed class CacheModule : IServiceModule
{
    public string Name => "cache";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WarmingOptions>().Bind(configuration.GetSection("Warming")).ValidateDataAnnotations().ValidateOnStart();
        services.AddModuleDatabase<CacheDatabase>();
        services.AddSingleton<MarketRows>();
        services.AddSingleton<MarketWarmer>();
        services.AddHostedService<KeepMarketWarm>();
        services.AddSingleton<CacheCounts>();
        services.AddHostedService(provider => provider.GetRequiredService<CacheCounts>());
    }

    public void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<WarmContactConsumer, WarmContactConsumerDefinition>();
        bus.AddConsumer<WarmScoreConsumer, WarmScoreConsumerDefinition>();
        bus.AddConsumer<InvalidateCacheConsumer>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapMarket();
        routes.MapInvalidation();
        routes.MapStatistics();
    }
}
