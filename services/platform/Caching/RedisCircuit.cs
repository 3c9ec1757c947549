using Microsoft.Extensions.Logging;

namespace EnterpriseHub.Platform.Caching;

/// <summary>Bounds every operation to 50 ms; after a failure leaves Redis alone for 2 s, then lets one caller probe.</summary>
internal sealed class RedisCircuit(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // 0: closed; else the timestamp at which it was opened or last probed.
    private long _openedAt;

    public bool IsOpen => Volatile.Read(ref _openedAt) != 0;

    public async Task<T> RunAsync<T>(string operation, Func<Task<T>> ask, T otherwise)
    {
        if (!MayPass())
        {
            return otherwise;
        }
        try
        {
            var answer = await ask().WaitAsync(Longest, time);
            if (Interlocked.Exchange(ref _openedAt, 0) != 0)
            {
                logger.LogInformation("Redis answers again");
            }
            return answer;
        }
        catch (Exception failure)
        {
            CacheMetrics.Error(operation);
            if (Interlocked.Exchange(ref _openedAt, Math.Max(1, time.GetTimestamp())) == 0)
            {
                logger.LogWarning("Redis failed at {Operation} ({Error}); working without the shared cache", operation, failure.GetType().Name);
            }
            return otherwise;
        }
    }

    /// <summary>When the pause is over the one who moves the mark is the probe; the others still pass by.</summary>
    private bool MayPass()
    {
        var openedAt = Volatile.Read(ref _openedAt);
        return openedAt == 0
            || (time.GetElapsedTime(openedAt) >= Pause
                && Interlocked.CompareExchange(ref _openedAt, Math.Max(1, time.GetTimestamp()), openedAt) == openedAt);
    }
}
