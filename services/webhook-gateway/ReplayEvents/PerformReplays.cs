using System.Data.Common;
using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary>Does replays in the background, at most 100 items a second so that they do not crowd out leads who write now.</summary>
internal sealed class PerformReplays(
    GatewayDatabase database, ReplayEvent events, ReplayDeadLetter letters, BusTransport transport, TimeProvider time, ILogger<PerformReplays> logger) : BackgroundService
{
    private const int MostAttempts = 5;
    private const int Batch = 100;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isStart = true;
        using var timer = new PeriodicTimer(Every, time);
        for (var sweeps = 0L; await timer.WaitForNextTickAsync(stoppingToken); sweeps++)
        {
            try
            {
                if (isStart && !transport.Durable)
                {
                    await database.WriteAsync(ReopenAsync, stoppingToken);
                }
                isStart = false;
                await SweepAsync(stoppingToken);
                if (sweeps % 10 == 0)
                {
                    await CountAsync(stoppingToken);
                }
                if (sweeps % 3600 == 0)
                {
                    await database.WriteAsync(PurgeAsync, stoppingToken);
                }
            }
            catch (DbException failure)
            {
                logger.LogWarning("Replays wait for the store ({Error})", failure.GetType().Name);
            }
        }
    }

    /// <summary>One batch; several instances share the work.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        // Read first: most of the time there is nothing, and a write would wait in line for it.
        if (await database.ReadAsync(session => session.FirstOrDefaultAsync<long>("SELECT COUNT(*) FROM event_replay WHERE status = 'running'"), cancellation) == 0)
        {
            return;
        }
        foreach (var item in await database.WriteAsync(unit => ReplayItem.ClaimAsync(unit, Batch), cancellation))
        {
            if (await PerformAsync(item, cancellation) is { } outcome)
            {
                ReplayMetrics.Ended(item.Kind, outcome.State);
            }
        }
        await database.WriteAsync(ReplayItem.FinishAsync, cancellation);
    }

    private async Task<ReplayOutcome?> PerformAsync(ReplayItem item, CancellationToken cancellation)
    {
        try
        {
            return item.Kind == LogTable.Events.Kind ? await events.RunAsync(item, cancellation) : await letters.RunAsync(item, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // Left alone it is taken again in a minute.
            logger.LogWarning("Replay {ReplayId}: {Kind} {ItemId} failed, try {Attempt} ({Error})", item.ReplayId, item.Kind, item.ItemId, item.Attempts, failure.GetType().Name);
            if (item.Attempts < MostAttempts)
            {
                return null;
            }
            var outcome = ReplayOutcome.Failed(failure.GetType().Name);
            return await database.WriteAsync(unit => item.EndAsync(unit, outcome), cancellation) ? outcome : null;
        }
    }

    private async Task CountAsync(CancellationToken cancellation) => ReplayMetrics.Counted(
        await database.ReadAsync(session => session.FirstOrDefaultAsync<long>("SELECT COUNT(*) FROM dead_letter WHERE status = 'open'"), cancellation));

    /// <summary>A bus that forgets on a restart may have forgotten what was just sent to it.</summary>
    private static Task<int> ReopenAsync(UnitOfWork unit) =>
        unit.ExecuteAsync("UPDATE dead_letter SET status = 'open' WHERE status = 'replayed' AND updated_at > now_ms() - 120000");

    /// <summary>What is settled goes after 30 days; replays and the audit stay.</summary>
    private static Task<int> PurgeAsync(UnitOfWork unit) => unit.ExecuteAsync(
        "DELETE FROM dead_letter WHERE status <> 'open' AND updated_at < now_ms() - @kept", new { kept = (long)TimeSpan.FromDays(30).TotalMilliseconds });
}
