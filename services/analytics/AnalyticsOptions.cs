using EnterpriseHub.Platform.Hosting;

namespace EnterpriseHub.Analytics;

/// <summary>How long figures are kept; section <c>Analytics</c>.</summary>
public sealed class AnalyticsOptions
{
    /// <summary>Single latencies, from which percentiles are computed.</summary>
    /// <value>Default <c>1.00:00:00</c> (a day); 1 hour to 7 days.</value>
    [TimeRange("01:00:00", "7.00:00:00", ErrorMessage = "Analytics:KeepSamples must be 01:00:00 to 7.00:00:00.")]
    public TimeSpan KeepSamples { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The activity feed and settled replies.</summary>
    /// <value>Default <c>7.00:00:00</c>; 1 hour to 90 days.</value>
    [TimeRange("01:00:00", "90.00:00:00", ErrorMessage = "Analytics:KeepActivity must be 01:00:00 to 90.00:00:00.")]
    public TimeSpan KeepActivity { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Counts by minute.</summary>
    /// <value>Default <c>90.00:00:00</c>; 2 to 1 000 days.</value>
    [TimeRange("2.00:00:00", "1000.00:00:00", ErrorMessage = "Analytics:KeepCounts must be 2.00:00:00 to 1000.00:00:00.")]
    public TimeSpan KeepCounts { get; init; } = TimeSpan.FromDays(90);
}

/// <summary>What the dashboard says of this installation; section <c>Dashboard</c>.</summary>
public sealed class DashboardOptions
{
    /// <summary>True where the simulator stands in for GHL and Claude: the dashboard says so until <c>Claude:ApiKey</c> and <c>Ghl:ClientId</c> are set.</summary>
    /// <value>Default false; standalone's settings file sets true.</value>
    public bool Simulated { get; init; }
}
