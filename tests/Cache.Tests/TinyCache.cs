using System.Collections.Concurrent;
using EnterpriseHub.Platform.Caching;
using EnterpriseHub.Platform.Hosting;
using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Cache.Tests;

/// <summary>A cache of one level in one process, so that the module is tested apart from the platform's cache.</summary>
internal sealed class TinyCache(TimeProvider time) : IHubCache
{
    private readonly ConcurrentDictionary<CacheKey, Entry> _entries = new();

    public ConcurrentQueue<string> Calls { get; } = new();

    public ValueTask<T?> GetAsync<T>(CacheKey key, CancellationToken cancellation)
        where T : class => ValueTask.FromResult(_entries.TryGetValue(key, out var entry) && entry.Ends > time.GetUtcNow() ? (T?)entry.Value : null);

    public ValueTask SetAsync<T>(CacheKey key, T value, TimeSpan lifetime, IReadOnlyList<string> tags, CancellationToken cancellation)
        where T : class
    {
        Calls.Enqueue($"set {key.LocationId} {key.Kind} {key.Id}".TrimEnd());
        _entries[key] = new Entry(value, time.GetUtcNow() + lifetime, lifetime, tags);
        return ValueTask.CompletedTask;
    }

    public ValueTask InvalidateAsync(string locationId, string tag, CancellationToken cancellation)
    {
        Calls.Enqueue($"forget {locationId} {tag}");
        foreach (var (key, entry) in _entries.Where(pair => pair.Key.LocationId == locationId && (tag == "*" || pair.Value.Tags.Contains(tag))))
        {
            _entries.TryRemove(key, out _);
        }
        return ValueTask.CompletedTask;
    }

    public TimeSpan? LifetimeOf(CacheKey key) => _entries.TryGetValue(key, out var entry) ? entry.Lifetime : null;

    private sealed record Entry(object Value, DateTimeOffset Ends, TimeSpan Lifetime, IReadOnlyList<string> Tags);
}

internal sealed class TinyCacheModule : IServiceModule
{
    public string Name => "tiny-cache";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<TinyCache>();
        services.AddSingleton<IHubCache>(provider => provider.GetRequiredService<TinyCache>());
    }

    public void AddConsumers(IBusRegistrationConfigurator bus)
    {
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
    }
}
