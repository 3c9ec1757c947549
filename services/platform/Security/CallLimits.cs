using System.Net;
using System.Threading.RateLimiting;

namespace EnterpriseHub.Platform.Security;

/// <summary>Calls a minute of each key, and log-ins a minute of each address. Counted in this process.</summary>
internal sealed class CallLimits(RateLimitOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _calls = PerMinute(options.PerMinute);
    private readonly PartitionedRateLimiter<string> _logins = PerMinute(options.LoginsPerMinute);

    /// <returns>Null when the call may go on, else how long to wait.</returns>
    public TimeSpan? Count(Caller caller) => Count(_calls, caller.KeyId);

    /// <returns>Null when the log-in may be tried, else how long to wait.</returns>
    public TimeSpan? CountLogin(IPAddress? address) => Count(_logins, address?.ToString() ?? "unknown");

    public void Dispose()
    {
        _calls.Dispose();
        _logins.Dispose();
    }

    private static TimeSpan? Count(PartitionedRateLimiter<string> limiter, string who)
    {
        using var lease = limiter.AttemptAcquire(who);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.Zero ? wait
            : TimeSpan.FromSeconds(1);
    }

    private static PartitionedRateLimiter<string> PerMinute(int limit) => PartitionedRateLimiter.Create<string, string>(
        who => RateLimitPartition.GetFixedWindowLimiter(who, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = limit,
            Window = TimeSpan.FromMinutes(1),
        }));
}
