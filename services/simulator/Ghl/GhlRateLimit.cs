using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Simulator.Ghl;

/// <summary>Counts requests of a location in an interval and in a UTC day.</summary>
internal sealed class GhlRateLimit(IOptions<RateLimitOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Window> windows = new();

    public RateLimitOptions Current { get; private set; } = options.Value;

    public void Change(RateLimitOptions limits)
    {
        Current = limits;
        windows.Clear();
    }

    /// <summary>Counts one request and writes the headers.</summary>
    /// <returns>False when the request is over a limit.</returns>
    public bool Take(string locationId, IHeaderDictionary headers)
    {
        var limits = Current;
        if (limits.Max == 0)
        {
            return true;
        }
        var now = time.GetUtcNow();
        var window = windows.GetOrAdd(locationId, static _ => new Window());
        int left;
        int leftToday;
        lock (window)
        {
            if (now >= window.Ends)
            {
                window.Ends = now.AddMilliseconds(limits.IntervalMs);
                window.Used = 0;
            }
            if (window.Day != now.UtcDateTime.Date)
            {
                window.Day = now.UtcDateTime.Date;
                window.UsedToday = 0;
            }
            left = limits.Max - ++window.Used;
            leftToday = limits.Daily - ++window.UsedToday;
        }
        headers["X-RateLimit-Limit-Daily"] = Number(limits.Daily);
        headers["X-RateLimit-Daily-Remaining"] = Number(Math.Max(0, leftToday));
        headers["X-RateLimit-Interval-Milliseconds"] = Number(limits.IntervalMs);
        headers["X-RateLimit-Max"] = Number(limits.Max);
        headers["X-RateLimit-Remaining"] = Number(Math.Max(0, left));
        return left >= 0 && leftToday >= 0;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed class Window
    {
        public DateTimeOffset Ends { get; set; }

        public int Used { get; set; }

        public DateTime Day { get; set; }

        public int UsedToday { get; set; }
    }
}
