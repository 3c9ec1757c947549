namespace EnterpriseHub.LoadTests.Measuring;

/// <summary>Durations, each of them: eight bytes a piece are little for the runs at hand, and percentiles stay exact. Safe for many threads.</summary>
internal sealed class Latencies
{
    private readonly Lock _gate = new();
    private readonly List<double> _sample = [];

    public void Record(double ms)
    {
        lock (_gate)
        {
            _sample.Add(ms);
        }
    }

    public void Add(Latencies other)
    {
        double[] more;
        lock (other._gate)
        {
            more = [.. other._sample];
        }
        lock (_gate)
        {
            _sample.AddRange(more);
        }
    }

    public Distribution Read()
    {
        double[] sorted;
        lock (_gate)
        {
            sorted = [.. _sample.Order()];
        }
        return sorted.Length == 0 ? Distribution.Empty : Distribution.OfSorted(sorted);
    }
}

/// <summary>What a sample of durations says, milliseconds. Percentiles by nearest rank.</summary>
internal sealed record Distribution
{
    public static readonly Distribution Empty = new() { Percentiles = [] };

    public int Count { get; init; }

    public double Mean { get; init; }

    public double P50 { get; init; }

    public double P90 { get; init; }

    public double P95 { get; init; }

    public double P99 { get; init; }

    public double P999 { get; init; }

    public double Max { get; init; }

    /// <summary>The 1st to the 100th percentile.</summary>
    public required IReadOnlyList<double> Percentiles { get; init; }

    public static Distribution OfSorted(double[] sorted) => new()
    {
        Count = sorted.Length,
        Mean = Math.Round(sorted.Average(), 3),
        P50 = At(sorted, 0.5), P90 = At(sorted, 0.9), P95 = At(sorted, 0.95), P99 = At(sorted, 0.99), P999 = At(sorted, 0.999),
        Max = Math.Round(sorted[^1], 3),
        Percentiles = [.. Enumerable.Range(1, 100).Select(percent => At(sorted, percent / 100.0))],
    };

    /// <summary>The smallest value that at least this share of the sample does not exceed.</summary>
    public static double At(double[] sorted, double share) =>
        Math.Round(sorted[Math.Clamp((int)Math.Ceiling(Math.Round(share * sorted.Length, 6)) - 1, 0, sorted.Length - 1)], 3);
}
