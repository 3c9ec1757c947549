using System.Collections.Concurrent;

namespace EnterpriseHub.Platform.Caching;

/// <summary>A moment on both clocks: this process's and the shared level's.</summary>
internal readonly record struct Moment(long Local, long Shared);

/// <summary>
/// Misses that somebody may be filling now. What is stored after a miss counts as read at the oldest miss that is still open,
/// so that a slow filler cannot put back what was invalidated meanwhile.
/// </summary>
internal sealed class Misses(TimeProvider time)
{
    private const int Most = 20_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Open> _open = new(StringComparer.Ordinal);

    public void Note(string key, Moment moment)
    {
        if (_open.Count >= Most)
        {
            Prune();
        }
        _open.AddOrUpdate(
            key,
            _ => new Open(moment, 1, time.GetTimestamp()),
            (_, open) => IsOver(open) ? new Open(moment, 1, time.GetTimestamp()) : open with { Fillers = open.Fillers + 1 });
    }

    public Moment? Take(string key)
    {
        while (_open.TryGetValue(key, out var open))
        {
            var taken = open.Fillers > 1
                ? _open.TryUpdate(key, open with { Fillers = open.Fillers - 1 }, open)
                : _open.TryRemove(KeyValuePair.Create(key, open));
            if (taken)
            {
                return IsOver(open) ? null : open.Moment;
            }
        }
        return null;
    }

    private bool IsOver(Open open) => time.GetElapsedTime(open.At) > Longest;

    private void Prune()
    {
        foreach (var pair in _open.Where(pair => IsOver(pair.Value)))
        {
            _open.TryRemove(pair);
        }
    }

    private sealed record Open(Moment Moment, int Fillers, long At);
}
