using System.Collections.Concurrent;

namespace EnterpriseHub.Platform.Caching;

/// <summary>Invalidations that Redis has not heard yet. They go out before anything else, so that nothing stale is read after an outage.</summary>
internal sealed class LateInvalidations
{
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<(string LocationId, string Tag), byte> _waiting = new();

    public void Add(string locationId, string tag) =>
        // Many of them: forgetting the whole location says as much and takes one row.
        _waiting[(locationId, _waiting.Count < Most ? tag : CacheNames.Everything)] = 0;

    public async Task SendAsync(Func<string, string, Task> send)
    {
        if (_waiting.IsEmpty)
        {
            return;
        }
        await Task.WhenAll(_waiting.Keys.Select(async late =>
        {
            await send(late.LocationId, late.Tag);
            _waiting.TryRemove(late, out _);
        }));
    }
}
