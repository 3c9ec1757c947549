namespace EnterpriseHub.Platform.Observability;

/// <summary>Instants of one process: the wall clock is read once and the monotonic clock counts on from there, so that none lies before an earlier one.</summary>
public sealed class StageClock(TimeProvider time)
{
    private readonly double _start = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
    private readonly long _began = time.GetTimestamp();

    /// <summary>Now, in Unix milliseconds with their fraction.</summary>
    public double Now => _start + time.GetElapsedTime(_began).TotalMilliseconds;
}
