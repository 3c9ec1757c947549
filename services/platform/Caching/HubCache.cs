using System.Collections.Concurrent;
using System.Text.Json;

namespace EnterpriseHub.Platform.Caching;

/// <summary>State of the cache for health.</summary>
/// <param name="Shared">Shared level: <c>none</c>, <c>up</c>, <c>down</c> or <c>connecting</c>.</param>
/// <param name="LocalEntries">Entries in this process.</param>
public sealed record CacheState(string Shared, int LocalEntries);

/// <summary>Process first, then the shared level.</summary>
internal sealed class HubCache : IHubCache, IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestFill = TimeSpan.FromMinutes(1);

    private readonly ISharedLevel _shared;
    private readonly TimeSpan _localLife;
    private readonly Stamps _stamps = new();
    private readonly LocalLevel _local;
    private readonly Misses _misses;
    private readonly ConcurrentDictionary<string, Fill> _fills = new(StringComparer.Ordinal);

    public HubCache(CacheOptions options, ISharedLevel shared, TimeProvider time)
    {
        _shared = shared;
        _localLife = shared.IsShared ? TimeSpan.FromSeconds(options.LocalSeconds) : LongestLife;
        _local = new LocalLevel(options.LocalEntries, _stamps, time);
        _misses = new Misses(time);
        shared.Invalidated += _stamps.Invalidate;
        shared.Interrupted += _stamps.InvalidateAll;
    }

    public CacheState State => new(_shared.State, _local.Count);

    public async ValueTask<T?> GetAsync<T>(CacheKey key, CancellationToken cancellation)
        where T : class
    {
        var (found, missed) = await LookAsync<T>(key, cancellation);
        if (found is null)
        {
            _misses.Note(CacheNames.Of(key), missed);
        }
        return found;
    }

    public ValueTask SetAsync<T>(CacheKey key, T value, TimeSpan lifetime, IReadOnlyList<string> tags, CancellationToken cancellation)
        where T : class =>
        StoreAsync(key, value, lifetime, tags, _misses.Take(CacheNames.Of(key)) ?? new Moment(_stamps.Next(), 0));

    public async ValueTask InvalidateAsync(string locationId, string tag, CancellationToken cancellation)
    {
        _stamps.Invalidate(locationId, tag);
        await _shared.InvalidateAsync(locationId, tag);
        // Again: what was read from the shared level in between must go as well.
        _stamps.Invalidate(locationId, tag);
    }

    public async ValueTask<T?> GetOrFillAsync<T>(
        CacheKey key, TimeSpan lifetime, IReadOnlyList<string> tags, Func<CancellationToken, Task<T?>> fill, CancellationToken cancellation)
        where T : class
    {
        var (found, missed) = await LookAsync<T>(key, cancellation);
        if (found is not null)
        {
            return found;
        }
        var name = $"{CacheNames.Of(key)}|{typeof(T).FullName}";
        Fill own = null!;
        own = new Fill(missed.Local, new Lazy<Task<object?>>(() => RunAsync(own)));
        // A fill that began before an invalidation is not joined after it.
        var joined = _fills.AddOrUpdate(name, own, (_, running) =>
            _stamps.IsAlive(running.AsOf, Stamps.NamesOf(key.LocationId, tags)) ? running : own);
        return (T?)await joined.Answer.Value.WaitAsync(cancellation);

        async Task<object?> RunAsync(Fill self)
        {
            try
            {
                using var patience = new CancellationTokenSource(LongestFill);
                var filled = await fill(patience.Token);
                if (filled is not null)
                {
                    await StoreAsync(key, filled, lifetime, tags, missed);
                }
                return filled;
            }
            finally
            {
                _fills.TryRemove(KeyValuePair.Create(name, self));
            }
        }
    }

    public void Dispose()
    {
        _shared.Invalidated -= _stamps.Invalidate;
        _shared.Interrupted -= _stamps.InvalidateAll;
        _local.Dispose();
    }

    private async ValueTask<(T? Found, Moment Missed)> LookAsync<T>(CacheKey key, CancellationToken cancellation)
        where T : class
    {
        cancellation.ThrowIfCancellationRequested();
        var name = CacheNames.Of(key);
        if (_local.Get<T>(name) is { } near)
        {
            CacheMetrics.Hit("local", key.Kind);
            return (near, default);
        }
        // Before the read: an invalidation that comes while it runs is newer than the answer.
        var asOf = _stamps.Next();
        var read = await _shared.ReadAsync(key);
        if (read.Document is { } json && Parse<T>(json) is { } far)
        {
            CacheMetrics.Hit("shared", key.Kind);
            _local.Set(name, far, Shorter(read.Left, _localLife), asOf, Stamps.NamesOf(key.LocationId, read.Tags));
            return (far, default);
        }
        CacheMetrics.Miss(key.Kind);
        return (null, new Moment(asOf, read.AsOf));
    }

    private async ValueTask StoreAsync<T>(CacheKey key, T value, TimeSpan lifetime, IReadOnlyList<string> tags, Moment asOf)
        where T : class
    {
        var life = Shorter(lifetime, LongestLife);
        _local.Set(CacheNames.Of(key), value, Shorter(life, _localLife), asOf.Local, Stamps.NamesOf(key.LocationId, tags));
        if (_shared.IsShared && asOf.Shared >= 0 && life > TimeSpan.Zero)
        {
            await _shared.WriteAsync(key, JsonSerializer.Serialize(value, Json), life, tags, asOf.Shared);
        }
    }

    private static T? Parse<T>(string json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Json);
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException)
        {
            // Of another version of the product: a miss.
            CacheMetrics.Error("parse");
            return null;
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private sealed record Fill(long AsOf, Lazy<Task<object?>> Answer);
}
