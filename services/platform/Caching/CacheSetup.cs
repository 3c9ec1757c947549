using Microsoft.Extensions.Hosting;

namespace EnterpriseHub.Platform.Caching;

/// <summary>The cache table.</summary>
public static class CacheSetup
{
    internal static void AddCacheBackend(this IHostApplicationBuilder builder) => _ = builder;
}
