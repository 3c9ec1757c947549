using Microsoft.Extensions.Caching.Memory;

namespace EnterpriseHub.Platform.Caching;

/// <summary>Documents in this process, bounded in number; an entry that was invalidated is never given out.</summary>
internal sealed class LocalLevel(int most, Stamps stamps, TimeProvider time) : IDisposable
{
    private readonly MemoryCache _entries = new(new MemoryCacheOptions { SizeLimit = most });

    public int Count => _entries.Count;

    public T? Get<T>(string key)
        where T : class =>
        _entries.TryGetValue(key, out Entry? entry) && entry is { Value: T value }
        && time.GetElapsedTime(entry.StoredAt) < entry.Lifetime && stamps.IsAlive(entry.AsOf, entry.Stamps)
            ? value
            : null;

    public void Set(string key, object value, TimeSpan lifetime, long asOf, string[] names)
    {
        if (lifetime > TimeSpan.Zero)
        {
            _entries.Set(key, new Entry(value, asOf, names, time.GetTimestamp(), lifetime), new MemoryCacheEntryOptions
            {
                Size = 1,
                AbsoluteExpirationRelativeToNow = lifetime,
            });
        }
    }

    public void Dispose() => _entries.Dispose();

    private sealed record Entry(object Value, long AsOf, string[] Stamps, long StoredAt, TimeSpan Lifetime);
}
