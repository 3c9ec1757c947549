using EnterpriseHub.Platform.Hosting;

namespace EnterpriseHub.Cache;

/// <summary>How long warmed entries may be read; section <c>Warming</c>.</summary>
public sealed class WarmingOptions
{
    /// <summary>A contact, counted from when GHL was last asked: callers of a send gate rely on at most a minute.</summary>
    /// <value>Default <c>00:01:00</c>; 1 s to 1 min.</value>
    [TimeRange("00:00:01", "00:01:00", ErrorMessage = "Warming:ContactLifetime must be 00:00:01 to 00:01:00.")]
    public TimeSpan ContactLifetime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A lead's score.</summary>
    /// <value>Default <c>00:30:00</c>; 1 s to 1 day.</value>
    [TimeRange("00:00:01", "1.00:00:00", ErrorMessage = "Warming:ScoreLifetime must be 00:00:01 to 1.00:00:00.")]
    public TimeSpan ScoreLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A location's market context; written again after a third of it.</summary>
    /// <value>Default <c>01:00:00</c>; 3 s to 1 day.</value>
    [TimeRange("00:00:03", "1.00:00:00", ErrorMessage = "Warming:MarketLifetime must be 00:00:03 to 1.00:00:00.")]
    public TimeSpan MarketLifetime { get; init; } = TimeSpan.FromHours(1);
}
