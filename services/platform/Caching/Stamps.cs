using System.Collections.Concurrent;

namespace EnterpriseHub.Platform.Caching;

/// <summary>When each tag was last invalidated, on a clock of this process that only counts. Newer than an entry: the entry is dead.</summary>
internal sealed class Stamps
{
    private const int Most = 50_000;

    private readonly ConcurrentDictionary<string, long> _stamps = new(StringComparer.Ordinal);
    private long _clock;
    private long _floor;

    /// <summary>A moment that is later than every earlier one.</summary>
    public long Next() => Interlocked.Increment(ref _clock);

    public void Invalidate(string locationId, string tag)
    {
        if (_stamps.Count >= Most)
        {
            // Forgetting stamps would wake dead entries, so the entries go with them.
            InvalidateAll();
        }
        _stamps[CacheNames.Stamp(locationId, tag)] = Next();
    }

    public void InvalidateAll()
    {
        Volatile.Write(ref _floor, Next());
        _stamps.Clear();
    }

    /// <summary>Names to check, once an entry.</summary>
    public static string[] NamesOf(string locationId, IReadOnlyList<string> tags) =>
        [CacheNames.Stamp(locationId, CacheNames.Everything), .. tags.Select(tag => CacheNames.Stamp(locationId, tag))];

    public bool IsAlive(long asOf, string[] names)
    {
        if (asOf <= Volatile.Read(ref _floor))
        {
            return false;
        }
        foreach (var name in names)
        {
            if (_stamps.TryGetValue(name, out var stamp) && stamp >= asOf)
            {
                return false;
            }
        }
        return true;
    }
}
