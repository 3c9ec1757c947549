using Microsoft.Extensions.Options;

namespace EnterpriseHub.Simulator.Control;

/// <summary>Draws latencies and waits them out.</summary>
/// <remarks>The wait counts from the moment the request was received, so parsing is part of it.</remarks>
internal sealed class LatencyBook(IOptions<LatencyOptions> options, IOptions<SimulatorOptions> simulator, PreciseDelay delay, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Random random = simulator.Value.Seed is { } seed ? new Random(seed) : new Random();

    public LatencyOptions Current { get; private set; } = options.Value;

    public void Change(LatencyOptions ranges) => Current = ranges;

    public double DrawMs(LatencyRange range)
    {
        if (range.MaxMs <= 0)
        {
            return 0;
        }
        lock (gate)
        {
            return range.MinMs + (random.NextDouble() * (range.MaxMs - range.MinMs));
        }
    }

    /// <summary>Waits until <paramref name="ms"/> after <paramref name="start"/>, a timestamp of the time provider.</summary>
    public Task UntilAsync(long start, double ms, CancellationToken aborted)
    {
        var deadline = start + (long)(ms / 1000 * time.TimestampFrequency);
        return deadline <= time.GetTimestamp() ? Task.CompletedTask : delay.UntilAsync(deadline, aborted);
    }
}
