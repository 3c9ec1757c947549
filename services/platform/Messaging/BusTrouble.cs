namespace EnterpriseHub.Platform.Messaging;

/// <summary>What the bus says of itself.</summary>
/// <param name="IsHealthy">What its own health check found.</param>
/// <param name="Queues">The queues that it consumes.</param>
internal sealed record BusState(bool IsHealthy, IReadOnlyList<string> Queues);

/// <summary>
/// How long the bus of this process has not worked although the broker does. Three signs, because the transport calls itself healthy
/// with closed channels too: its own health, publishes that all fail, a queue that nobody consumes.
/// </summary>
internal sealed class BusTrouble(Func<BusState> bus, PublishPulse pulse, IBrokerProbe probe, TimeProvider time)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(15);

    private long? _since;
    private long _looked = time.GetTimestamp();
    private bool _unconsumed;

    /// <summary>Looks once; zero when all is well or when it is the broker that does not work.</summary>
    public async Task<TimeSpan> LastedAsync(CancellationToken cancellation)
    {
        var state = bus();
        if (_unconsumed || time.GetElapsedTime(_looked) >= BetweenLooks)
        {
            _looked = time.GetTimestamp();
            _unconsumed = (await probe.UnconsumedAsync(state.Queues, cancellation)).Count > 0;
        }
        var isTrouble = !state.IsHealthy || pulse.FailingFor > TimeSpan.Zero || _unconsumed;
        if (!isTrouble || !await probe.TakesMessagesAsync(cancellation))
        {
            _since = null;
            return TimeSpan.Zero;
        }
        return time.GetElapsedTime(_since ??= time.GetTimestamp());
    }
}
