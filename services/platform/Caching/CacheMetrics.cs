using System.Diagnostics.Metrics;
using EnterpriseHub.Platform.Observability;

namespace EnterpriseHub.Platform.Caching;

internal static class CacheMetrics
{
    private static readonly Counter<long> Hits = HubMetrics.Meter.CreateCounter<long>("cache.hits", description: "Answers from the cache, by level and kind");
    private static readonly Counter<long> Misses = HubMetrics.Meter.CreateCounter<long>("cache.misses", description: "Questions the cache could not answer, by kind");
    private static readonly Counter<long> Errors = HubMetrics.Meter.CreateCounter<long>("cache.errors", description: "Operations of the shared level that failed, by operation");

    public static void Hit(string level, string kind) => Hits.Add(1, new("level", level), new("kind", kind));

    public static void Miss(string kind) => Misses.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public static void Error(string operation) => Errors.Add(1, new KeyValuePair<string, object?>("operation", operation));
}
