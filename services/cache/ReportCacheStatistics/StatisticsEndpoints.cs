namespace EnterpriseHub.Cache.ReportCacheStatistics;

/// <summary>Hits and misses of one kind of entry.</summary>
/// <param name="Kind">E.g. <c>contact</c>, <c>market</c>, <c>score</c>.</param>
/// <param name="Hits">Hits by level.</param>
/// <param name="Misses">Reads that found nothing.</param>
/// <param name="HitRate">Share of reads that hit, 0 to 1; null before the first read.</param>
internal sealed record KindStatistics(string Kind, IReadOnlyDictionary<string, long> Hits, long Misses, double? HitRate);

/// <summary>Answer of <c>GET /api/cache/statistics</c>.</summary>
/// <param name="Scope">Always <c>process</c>: the counts of the process that answers.</param>
/// <param name="Since">When it began to count, UTC.</param>
/// <param name="Errors">Calls to the second level that failed and read as a miss.</param>
/// <param name="HitRate">Share of all reads that hit, 0 to 1; null before the first read.</param>
/// <param name="Kinds">By kind, in order of name.</param>
internal sealed record CacheStatistics(string Scope, DateTimeOffset Since, long Errors, double? HitRate, IReadOnlyList<KindStatistics> Kinds)
{
    public static CacheStatistics Of(IReadOnlyDictionary<(string Instrument, string Kind, string Level), long> counts, DateTimeOffset since)
    {
        var kinds = counts.Where(count => count.Key.Instrument != "cache.errors").GroupBy(count => count.Key.Kind, StringComparer.Ordinal)
            .Select(kind =>
            {
                var hits = kind.Where(count => count.Key.Instrument == "cache.hits").ToDictionary(count => count.Key.Level, count => count.Value, StringComparer.Ordinal);
                var misses = kind.Where(count => count.Key.Instrument == "cache.misses").Sum(count => count.Value);
                return new KindStatistics(kind.Key, hits, misses, Rate(hits.Values.Sum(), misses));
            })
            .OrderBy(kind => kind.Kind, StringComparer.Ordinal).ToList();
        return new CacheStatistics(
            "process", since,
            counts.Where(count => count.Key.Instrument == "cache.errors").Sum(count => count.Value),
            Rate(kinds.Sum(kind => kind.Hits.Values.Sum()), kinds.Sum(kind => kind.Misses)),
            kinds);
    }

    private static double? Rate(long hits, long misses) => hits + misses == 0 ? null : (double)hits / (hits + misses);
}

internal static class StatisticsEndpoints
{
    public static void MapStatistics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/cache/statistics", (CacheCounts counts) => TypedResults.Ok(CacheStatistics.Of(counts.Read(), counts.Since)))
            .WithSummary("Hits and misses of this process since its start, by kind and level. No location is named.").WithTags("Cache");
}
