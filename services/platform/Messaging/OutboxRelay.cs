using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.Platform.Observability;
using EnterpriseHub.Platform.Storage;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnterpriseHub.Platform.Messaging;

/// <summary>
/// Publishes a module's outbox: at once what this process committed, by sweep what was left over.
/// A row goes once the broker has confirmed it; a transport that forgets on a restart (see
/// <see cref="BusTransport.Durable"/>) keeps rows for a while and publishes them again at start. Consumers are idempotent.
/// After a failure everything goes through the sweep, oldest first, until nothing is left: what is new must not overtake what waited.
/// </summary>
internal sealed class OutboxRelay<TDatabase>(
    TDatabase database,
    OutboxPublisher publisher,
    IBusControl control,
    BusTransport transport,
    TimeProvider time,
    ILogger<OutboxRelay<TDatabase>> logger) : BackgroundService
    where TDatabase : ModuleDatabase
{
    private const int Publishers = 8;
    private const int Batch = 200;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    // One settle for what gathered meanwhile: nobody waits for it, and each is a disk flush.
    private static readonly TimeSpan SettlePause = TimeSpan.FromMilliseconds(200);

    private readonly Channel<string> _published = Channel.CreateBounded<string>(Batch * 10);
    private readonly KeyValuePair<string, object?> _tag = new("schema", database.Schema);
    private volatile bool _behind;
    private int _onTheWay;

    /// <summary>Whatever the last process left is taken up before this one commits anything: what is new would go out twice.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!transport.Durable)
        {
            await TryWriteAsync("ring again", Outbox.RingAgainAsync);
        }
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!transport.Durable)
        {
            await BusIsUpAsync(stoppingToken);
        }
        var settling = SettleAsync(stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => PublishCommittedAsync(stoppingToken)).Append(SweepAsync(stoppingToken)));
        _published.Writer.Complete();
        await settling;
        await GiveBackAsync();
    }

    /// <summary>A bus without a broker confirms what nobody listens to yet, and it is gone.</summary>
    private async Task BusIsUpAsync(CancellationToken stop)
    {
        while (control.CheckHealth().Status != BusHealthStatus.Healthy && !stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PublishCommittedAsync(CancellationToken stop)
    {
        while (await WaitAsync(database.Committed, stop))
        {
            while (!stop.IsCancellationRequested && database.Committed.TryRead(out var row))
            {
                if (_behind || Stopwatch.GetElapsedTime(row.CommittedAt) >= Outbox.Fresh)
                {
                    await LeaveToSweepAsync(row);
                    continue;
                }
                Interlocked.Increment(ref _onTheWay);
                await PublishAsync(row);
                Interlocked.Decrement(ref _onTheWay);
            }
        }
    }

    private async Task LeaveToSweepAsync(OutboxRow row)
    {
        _behind = true;
        await TryWriteAsync("release", unit => Outbox.ReleaseAsync(unit, [row.MessageId, .. TakeAll(database.Committed, next => next.MessageId, Batch)]));
    }

    private async Task<PublishOutcome> PublishAsync(OutboxRow row)
    {
        Failpoint.Hit("S6", row.MessageType);
        var waited = Stopwatch.GetElapsedTime(row.StoredAt);
        var (outcome, error) = await publisher.PublishAsync(row);
        if (outcome == PublishOutcome.Confirmed)
        {
            Failpoint.Hit("G4", row.MessageType);
            if (row.Stage is { } stage)
            {
                HubMetrics.Reached(stage, waited);
            }
            await _published.Writer.WriteAsync(row.MessageId, CancellationToken.None);
            return outcome;
        }
        HubMetrics.OutboxFailures.Add(1, _tag, new("outcome", outcome.ToString().ToLowerInvariant()));
        var level = outcome == PublishOutcome.Unreadable ? LogLevel.Error : LogLevel.Warning;
        logger.Log(level, "Outbox {Schema}: {MessageType} {MessageId} not published, {Outcome} ({Error}); it stays and is tried again",
            database.Schema, row.MessageType, row.MessageId, outcome, error);
        if (outcome == PublishOutcome.Failed)
        {
            _behind = true;
            await TryWriteAsync("step back", unit => Outbox.StepBackAsync(unit, row.MessageId, error!));
        }
        if (outcome is PublishOutcome.Unroutable or PublishOutcome.Unreadable)
        {
            // An unreadable row may be of a newer version that is being rolled out, so it is parked, not dropped.
            var (first, longest) = outcome == PublishOutcome.Unroutable ? (1, 60) : (600, 3600);
            await TryWriteAsync("put off", unit =>
                Outbox.PutOffAsync(unit, row.MessageId, error!, TimeSpan.FromSeconds(first), TimeSpan.FromSeconds(longest)));
        }
        return outcome;
    }

    /// <summary>Removes confirmed rows in batches; ends when the publishers have ended and the last batch is done.</summary>
    private async Task SettleAsync(CancellationToken stop)
    {
        while (await _published.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var batch = TakeAll(_published.Reader, id => id, Batch);
            // Should it fail they are published again by the sweep; consumers take them once.
            await TryWriteAsync("settle", unit => Outbox.SettleAsync(unit, batch, transport.Durable));
            if (batch.Count < Batch)
            {
                await PauseAsync(stop);
            }
        }
    }

    private async Task SweepAsync(CancellationToken stop)
    {
        for (var sweeps = 0; !stop.IsCancellationRequested; sweeps++)
        {
            // A broker that is down keeps the rows here; claiming them would only wear the store.
            // Now and then it tries all the same: one consumer that does not come back must not stop what could be published.
            while ((control.CheckHealth().Status == BusHealthStatus.Healthy || sweeps % 15 == 14)
                && !stop.IsCancellationRequested && !await IsWaitedForAsync(stop))
            {
                var wasBehind = _behind;
                var rows = await TryWriteAsync("sweep", unit => Outbox.ClaimAsync(unit, Batch));
                if (rows is null || !await PublishSweptAsync(rows, stop))
                {
                    break;
                }
                if (rows.Count == 0)
                {
                    _behind = false;
                }
                // Behind, it looks until there is nothing, and once more for what came at that moment.
                if (rows.Count < Batch && !wasBehind)
                {
                    break;
                }
            }
            if (sweeps % 60 == 0)
            {
                await TryWriteAsync("purge", Outbox.PurgeAsync);
            }
            await Task.Delay(SweepEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>After a failure: what is on its way yet is older than what the sweep would take.</summary>
    private async Task<bool> IsWaitedForAsync(CancellationToken stop)
    {
        for (var tries = 0; _behind && Volatile.Read(ref _onTheWay) > 0 && tries < 20; tries++)
        {
            await Task.Delay(SweepEvery / 20, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return _behind && Volatile.Read(ref _onTheWay) > 0;
    }

    /// <returns>False when the broker failed: the rest waits for the next sweep instead of running into the same wall.</returns>
    private async Task<bool> PublishSweptAsync(IReadOnlyList<OutboxRow> rows, CancellationToken stop)
    {
        var left = new List<string>();
        var failed = false;
        await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = Publishers, CancellationToken = CancellationToken.None },
            async (row, _) =>
            {
                if (stop.IsCancellationRequested || Volatile.Read(ref failed))
                {
                    lock (left)
                    {
                        left.Add(row.MessageId);
                    }
                }
                else if (await PublishAsync(row) == PublishOutcome.Failed)
                {
                    Volatile.Write(ref failed, true);
                }
            });
        if (left.Count > 0)
        {
            await TryWriteAsync("release", unit => Outbox.ReleaseAsync(unit, left));
        }
        return !failed;
    }

    /// <summary>What this process committed and will not publish any more is free for the next one at once.</summary>
    private async Task GiveBackAsync()
    {
        while (TakeAll(database.Committed, row => row.MessageId, Batch) is { Count: > 0 } left)
        {
            await TryWriteAsync("release", unit => Outbox.ReleaseAsync(unit, left));
        }
    }

    private async Task<T?> TryWriteAsync<T>(string what, Func<UnitOfWork, Task<T>> write)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), time);
            return await database.WriteAsync(write, patience.Token);
        }
        catch (Exception failure) when (failure is DbException or OperationCanceledException or TimeoutException)
        {
            // The rows are where they were: whatever was not written is done again by a sweep.
            logger.LogWarning("Outbox {Schema}: could not {What} ({Error})", database.Schema, what, failure.GetType().Name);
            return default;
        }
    }

    private async Task PauseAsync(CancellationToken stop)
    {
        if (!stop.IsCancellationRequested)
        {
            await Task.Delay(SettlePause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<bool> WaitAsync(ChannelReader<OutboxRow> rows, CancellationToken stop)
    {
        try
        {
            return await rows.WaitToReadAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static List<TOut> TakeAll<TIn, TOut>(ChannelReader<TIn> reader, Func<TIn, TOut> pick, int most)
    {
        var batch = new List<TOut>();
        while (batch.Count < most && reader.TryRead(out var item))
        {
            batch.Add(pick(item));
        }
        return batch;
    }
}
