using System.Globalization;
using System.Text.Json;
using EnterpriseHub.Cache.Storage;
using EnterpriseHub.Contracts.Caching;

namespace EnterpriseHub.Cache.KeepMarketContext;

/// <summary>A stored market context; <paramref name="Version"/> grows with every change.</summary>
internal sealed record StoredMarket(MarketContext Context, long Version);

/// <summary>The SQL of <c>market_context</c>.</summary>
internal sealed class MarketRows(CacheDatabase database)
{
    public Task SaveAsync(MarketContext context, CancellationToken cancellation) => database.WriteAsync(
        unit => unit.ExecuteAsync(
            """
            INSERT INTO market_context (location_id, facts, as_of, source, updated_at) VALUES (@LocationId, @Facts, @AsOf, @Source, now_ms())
            ON CONFLICT (location_id) DO UPDATE
            SET facts = excluded.facts, as_of = excluded.as_of, source = excluded.source, version = market_context.version + 1, updated_at = now_ms()
            """,
            new
            {
                context.LocationId,
                Facts = JsonSerializer.Serialize(context.Facts),
                AsOf = context.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                context.Source,
            }),
        cancellation);

    public Task<StoredMarket?> FindAsync(string locationId, CancellationToken cancellation) => database.ReadAsync(
        async session => (await session.FirstOrDefaultAsync<Row>(
            "SELECT location_id, facts, as_of, source, version FROM market_context WHERE location_id = @locationId", new { locationId }))?.ToStored(),
        cancellation);

    /// <summary>Locations after <paramref name="after"/>, a page at a time.</summary>
    public Task<IReadOnlyList<string>> PageAsync(string after, CancellationToken cancellation) => database.ReadAsync(
        session => session.QueryAsync<string>(
            "SELECT location_id FROM market_context WHERE location_id > @after ORDER BY location_id LIMIT 200", new { after }),
        cancellation);

    private sealed record Row
    {
        public required string LocationId { get; init; }

        public required string Facts { get; init; }

        public required string AsOf { get; init; }

        public required string Source { get; init; }

        public long Version { get; init; }

        public StoredMarket ToStored() => new(
            new MarketContext
            {
                LocationId = LocationId,
                Facts = JsonSerializer.Deserialize<List<string>>(Facts)!,
                AsOf = DateOnly.ParseExact(AsOf, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                Source = Source,
            },
            Version);
    }
}
