namespace EnterpriseHub.LoadTests.Reports;

/// <summary>How a quantity moves over the second half of a soak; the first half is warming up.</summary>
/// <param name="First">Mean of the first tenth of that half.</param>
/// <param name="Last">Mean of its last tenth.</param>
/// <param name="PerHour">Slope of the least-squares line.</param>
/// <param name="Share">What that line gains from end to end, as a share of the mean.</param>
internal sealed record Trend(double First, double Last, double PerHour, double Share)
{
    /// <summary>A tenth of growth in half a run is more than a heap's breathing.</summary>
    private const double Most = 0.10;

    public bool IsFlat => Share <= Most;

    /// <summary>Null with too few points to tell.</summary>
    public static Trend? Of(IReadOnlyList<(double Seconds, double Value)> points)
    {
        var half = points.Skip(points.Count / 2).ToList();
        if (half.Count < 4)
        {
            return null;
        }
        var (meanX, meanY) = (half.Average(point => point.Seconds), half.Average(point => point.Value));
        var slope = half.Sum(point => (point.Seconds - meanX) * (point.Value - meanY)) / half.Sum(point => (point.Seconds - meanX) * (point.Seconds - meanX));
        var gained = slope * (half[^1].Seconds - half[0].Seconds);
        var tenth = Math.Max(1, half.Count / 10);
        return new Trend(half.Take(tenth).Average(point => point.Value), half.TakeLast(tenth).Average(point => point.Value), slope * 3600, meanY == 0 ? 0 : gained / meanY);
    }
}
