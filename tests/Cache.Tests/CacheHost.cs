using EnterpriseHub.Platform.Caching;
using EnterpriseHub.TestKit;
using EnterpriseHub.TestKit.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Cache.Tests;

/// <summary>The cache module in a real host.</summary>
public sealed class CacheHost : IAsyncLifetime
{
    internal ModuleHost Host { get; private set; } = null!;

    internal TinyCache Cache => Host.Services.GetRequiredService<TinyCache>();

    public async ValueTask InitializeAsync() => Host = await ModuleHost.StartAsync(new CacheModule(), new TinyCacheModule());

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    internal Task<T?> CachedAsync<T>(CacheKey key, Func<T?, bool> right)
        where T : class => Eventually.BecomesAsync(() => Cache.GetAsync<T>(key, CancellationToken.None).AsTask(), right);

    internal Task CalledAsync(string call) =>
        Eventually.BecomesAsync(() => Task.FromResult(string.Join('\n', Cache.Calls)), calls => calls.Split('\n').Contains(call));
}
