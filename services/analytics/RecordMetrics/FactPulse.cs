namespace EnterpriseHub.Analytics.RecordMetrics;

/// <summary>Wakes the live streams of this instance when it has recorded something.</summary>
internal sealed class FactPulse
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>Ends with the next beat; take it before looking at the store, so that none is missed.</summary>
    public Task Next => _next.Task;

    public void Beat() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
