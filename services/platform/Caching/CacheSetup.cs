using EnterpriseHub.Platform.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnterpriseHub.Platform.Caching;

/// <summary>The cache table.</summary>
public static class CacheSetup
{
    private static readonly Dictionary<string, Func<CacheOptions, IServiceProvider, ISharedLevel>> Levels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Redis"] = (options, services) => new RedisLevel(
            options.Redis!, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<RedisLevel>>()),
        ["Memory"] = (_, _) => new NoSharedLevel(),
    };

    internal static void AddCacheBackend(this IHostApplicationBuilder builder)
    {
        var options = builder.ReadOptions<CacheOptions>("Cache");
        var choose = SettingException.Choose("Cache:Provider", options.Provider, Levels);
        if (string.Equals(options.Provider, "Redis", StringComparison.OrdinalIgnoreCase))
        {
            RedisLevel.Check(options.Redis);
        }
        builder.Services.AddSingleton(services => choose(options, services));
        builder.Services.AddSingleton<HubCache>();
        builder.Services.AddSingleton<IHubCache>(services => services.GetRequiredService<HubCache>());
        builder.Services.AddHostedService<ConnectAtStart>();
    }

    /// <summary>Begins to connect at the start, and does not wait for it.</summary>
    private sealed class ConnectAtStart(ISharedLevel level) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            level.Connect();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
