using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using EnterpriseHub.Platform.Observability;
using EnterpriseHub.Platform.Storage;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnterpriseHub.Platform.Messaging;

/// <summary>
/// Publishes a module's outbox: at once what this process committed, by sweep what a dead process left.
/// A row goes once the broker has confirmed it; a transport that forgets on a restart (see
/// <see cref="BusTransport.Durable"/>) keeps rows for a while and publishes them again at start. Consumers are idempotent.
/// </summary>
internal sealed class OutboxRelay<TDatabase>(
    TDatabase database,
    IBus bus,
    IBusControl control,
    BusTransport transport,
    TimeProvider time,
    ILogger<OutboxRelay<TDatabase>> logger) : BackgroundService
    where TDatabase : ModuleDatabase
{
    private const int Publishers = 8;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeepWhenForgetful = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan InboxAge = TimeSpan.FromDays(30);

    private readonly Channel<string> _published = Channel.CreateUnbounded<string>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!transport.Durable)
        {
            await RingAgainAsync(stoppingToken);
        }
        var work = Enumerable.Range(0, Publishers).Select(_ => PublishCommittedAsync(stoppingToken))
            .Append(SettleAsync(stoppingToken))
            .Append(SweepAsync(stoppingToken));
        await Task.WhenAll(work);
    }

    private Task<int> RingAgainAsync(CancellationToken stop) => database.WriteAsync(
        unit => unit.ExecuteAsync("UPDATE outbox SET published_at = 0, claimed_until = 0"), stop);

    private async Task PublishCommittedAsync(CancellationToken stop)
    {
        await foreach (var row in database.Committed.ReadAllAsync(stop))
        {
            await TryPublishAsync(row, stop);
        }
    }

    private async Task TryPublishAsync(OutboxRow row, CancellationToken stop)
    {
        try
        {
            await PublishAsync(row, stop);
            _published.Writer.TryWrite(row.MessageId);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // The row stays; the sweep takes it up when its claim ends.
            logger.LogWarning("Outbox {Schema}: publish failed ({Error}); will try again", database.Schema, failure.GetType().Name);
            HubMetrics.OutboxFailures.Add(1, new KeyValuePair<string, object?>("schema", database.Schema));
        }
    }

    private async Task PublishAsync(OutboxRow row, CancellationToken stop)
    {
        var type = MessageTypes.Find(row.MessageType)
            ?? throw new InvalidOperationException($"Unknown message type {row.MessageType}");
        var message = JsonSerializer.Deserialize(row.Body, type, Outbox.Json)!;
        using var span = HubActivity.Source.StartActivity("outbox.publish", ActivityKind.Producer, row.TraceParent);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        await bus.Publish(message, type, context => context.MessageId = Guid.Parse(row.MessageId), patience.Token);
    }

    /// <summary>Removes confirmed rows in batches: one statement for what gathered while the last one ran.</summary>
    private async Task SettleAsync(CancellationToken stop)
    {
        var batch = new List<string>();
        while (await _published.Reader.WaitToReadAsync(stop))
        {
            batch.Clear();
            while (batch.Count < 200 && _published.Reader.TryRead(out var id))
            {
                batch.Add(id);
            }
            var settle = transport.Durable
                ? "DELETE FROM outbox WHERE message_id IN @batch"
                : "UPDATE outbox SET published_at = now_ms() WHERE message_id IN @batch";
            try
            {
                await database.WriteAsync(unit => unit.ExecuteAsync(settle, new { batch }), stop);
            }
            catch (System.Data.Common.DbException failure)
            {
                // They are published again by the sweep; consumers take them once.
                logger.LogWarning("Outbox {Schema}: could not settle {Count} rows ({Error})", database.Schema, batch.Count, failure.GetType().Name);
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, stop);
        }
    }

    private async Task SweepAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(SweepEvery, time);
        var sweeps = 0;
        do
        {
            try
            {
                await SweepOnceAsync(stop);
                if (sweeps++ % 60 == 0)
                {
                    await PurgeAsync(stop);
                }
            }
            catch (System.Data.Common.DbException failure)
            {
                logger.LogWarning("Outbox {Schema}: sweep failed ({Error})", database.Schema, failure.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    private async Task SweepOnceAsync(CancellationToken stop)
    {
        // A broker that is down keeps the rows here; claiming them would only wear the store.
        if (control.CheckHealth().Status != BusHealthStatus.Healthy)
        {
            return;
        }
        while (true)
        {
            var rows = await database.WriteAsync(
                unit => unit.QueryAsync<OutboxRow>(
                    """
                    UPDATE outbox SET claimed_until = now_ms() + 30000
                    WHERE id IN (SELECT id FROM outbox WHERE published_at = 0 AND claimed_until < now_ms() ORDER BY id LIMIT 200 {skip_locked})
                    RETURNING message_id, message_type, body, trace_parent
                    """),
                stop);
            await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = Publishers, CancellationToken = stop },
                async (row, _) => await TryPublishAsync(row, stop));
            if (rows.Count < 200)
            {
                return;
            }
        }
    }

    private Task<int> PurgeAsync(CancellationToken stop) => database.WriteAsync(
        async unit => await unit.ExecuteAsync(
                "DELETE FROM outbox WHERE published_at > 0 AND published_at < now_ms() - @keep",
                new { keep = (long)KeepWhenForgetful.TotalMilliseconds })
            + await unit.ExecuteAsync(
                "DELETE FROM inbox WHERE taken_at < now_ms() - @keep",
                new { keep = (long)InboxAge.TotalMilliseconds }),
        stop);
}
