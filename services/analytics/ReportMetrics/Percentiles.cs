namespace EnterpriseHub.Analytics.ReportMetrics;

/// <summary>Percentiles of a set of measurements, by nearest rank: each one is a value that was really measured.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Count">How many measurements these rest on.</param>
/// <param name="P50">Median, milliseconds.</param>
/// <param name="P95">95th percentile, milliseconds.</param>
/// <param name="P99">99th percentile, milliseconds.</param>
/// <param name="NotOk">Measurements whose outcome was not ok: late, failed or cancelled.</param>
internal sealed record Percentiles(string Name, int Count, double P50, double P95, double P99, int NotOk)
{
    /// <summary>Of at least one measurement.</summary>
    public static Percentiles Of(string name, IReadOnlyList<double> ms, int notOk)
    {
        var sorted = ms.Order().ToArray();
        return new Percentiles(name, sorted.Length, Rank(sorted, 0.50), Rank(sorted, 0.95), Rank(sorted, 0.99), notOk);
    }

    /// <summary>The smallest value that at least the share <paramref name="share"/> of all do not exceed.</summary>
    public static double Rank(ReadOnlySpan<double> sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}
