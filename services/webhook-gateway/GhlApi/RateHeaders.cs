using System.Globalization;
using System.Net.Http.Headers;

namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>What an answer says of GHL's limits; null where it says nothing.</summary>
/// <param name="Max">Calls a window.</param>
/// <param name="Remaining">Calls left in this window.</param>
/// <param name="WindowMs">Length of the window.</param>
/// <param name="DailyRemaining">Calls left today.</param>
/// <param name="BlockedFor">Set on 429: how long to keep still.</param>
internal sealed record RateHeaders(long? Max, long? Remaining, long? WindowMs, long? DailyRemaining, TimeSpan? BlockedFor)
{
    public static readonly RateHeaders None = new(null, null, null, null, null);

    private const long MostCalls = 1_000_000;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public static RateHeaders Read(HttpResponseMessage response, TimeProvider time)
    {
        var window = Number(response, "X-RateLimit-Interval-Milliseconds", (long)Longest.TotalMilliseconds);
        var daily = Number(response, "X-RateLimit-Daily-Remaining");
        TimeSpan? blocked = (int)response.StatusCode == 429 ? Wait(response.Headers.RetryAfter, window, daily, time) : null;
        return new(Number(response, "X-RateLimit-Max", MostCalls), Number(response, "X-RateLimit-Remaining"), window, daily, blocked);
    }

    private static TimeSpan Wait(RetryConditionHeaderValue? told, long? window, long? daily, TimeProvider time)
    {
        var wait = told?.Delta
            ?? (told?.Date is { } date ? date - time.GetUtcNow() : (TimeSpan?)null)
            // The day is used up: look again now and then, GHL's day need not begin with ours.
            ?? (daily == 0 ? Longest : TimeSpan.FromMilliseconds(window ?? 10_000));
        return wait < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : wait > Longest ? Longest : wait;
    }

    /// <summary>A number beyond belief is no number: kept, it would stop the location for as long as it says.</summary>
    private static long? Number(HttpResponseMessage response, string name, long most = long.MaxValue) =>
        response.Headers.TryGetValues(name, out var values)
        && long.TryParse(values.FirstOrDefault(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
        && number >= 0 && number <= most
            ? number
            : null;
}
