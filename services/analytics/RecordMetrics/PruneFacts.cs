using System.Data.Common;
using EnterpriseHub.Analytics.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Analytics.RecordMetrics;

/// <summary>Forgets what is older than it is kept for.</summary>
internal sealed class PruneFacts(AnalyticsDatabase database, IOptions<AnalyticsOptions> options, TimeProvider time, ILogger<PruneFacts> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(10), time);
        do
        {
            try
            {
                await PruneAsync(stoppingToken);
            }
            catch (DbException failure)
            {
                logger.LogWarning("Old metrics were not pruned ({Error}); will try again", failure.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public Task PruneAsync(CancellationToken cancellation) => database.WriteAsync(
        async unit =>
        {
            var keep = options.Value;
            var kept = new { Samples = Ms(keep.KeepSamples), Activity = Ms(keep.KeepActivity), Counts = Ms(keep.KeepCounts) };
            await unit.ExecuteAsync("DELETE FROM latency_sample WHERE at < now_ms() - @Samples", kept);
            await unit.ExecuteAsync("DELETE FROM activity WHERE at < now_ms() - @Activity", kept);
            await unit.ExecuteAsync("DELETE FROM reply WHERE settled_at > 0 AND settled_at < now_ms() - @Activity", kept);
            await unit.ExecuteAsync("DELETE FROM fact_count WHERE minute < now_ms() - @Counts", kept);
            return true;
        },
        cancellation);

    private static long Ms(TimeSpan span) => (long)span.TotalMilliseconds;
}
