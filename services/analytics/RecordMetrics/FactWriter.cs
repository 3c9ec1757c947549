using System.Threading.Channels;
using EnterpriseHub.Analytics.Storage;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.Platform.Storage;
using MassTransit;

namespace EnterpriseHub.Analytics.RecordMetrics;

/// <summary>
/// Writes facts that come within a moment in one transaction, each with its own inbox key: under load a commit is shared by
/// up to a hundred messages. A consumer returns only once its fact is committed.
/// </summary>
internal sealed class FactWriter(AnalyticsDatabase database, FactPulse pulse, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);
    private const int Most = 100;
    private const string Effect = "record-metrics";

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(1000);

    public async Task RecordAsync(ConsumeContext context, FactSet facts)
    {
        var waiting = new Waiting(facts.Id ?? Inbox.IdOf(context), facts);
        await _waiting.Writer.WriteAsync(waiting, context.CancellationToken);
        await waiting.Done.Task.WaitAsync(context.CancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>(Most);
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            // Nobody waits for a count: gathering for a moment turns dozens of commits a second into a few.
            await Task.Delay(Gather, time, stoppingToken);
            batch.Clear();
            while (batch.Count < Most && _waiting.Reader.TryRead(out var waiting))
            {
                batch.Add(waiting);
            }
            if (!await TryCommitAsync(batch, batch.Count == 1, stoppingToken))
            {
                // One of them may be the cause: alone, it fails alone.
                foreach (var one in batch)
                {
                    await TryCommitAsync([one], last: true, stoppingToken);
                }
            }
            pulse.Beat();
        }
    }

    private async Task<bool> TryCommitAsync(IReadOnlyList<Waiting> batch, bool last, CancellationToken stop)
    {
        try
        {
            await database.WriteAsync(unit => WriteAsync(unit, batch), stop);
            Failpoint.Hit("A1", "analytics");
            foreach (var one in batch)
            {
                one.Done.TrySetResult();
            }
            return true;
        }
        catch (Exception failure)
        {
            if (last || stop.IsCancellationRequested)
            {
                // The consumer throws it: the message is delivered again.
                foreach (var one in batch)
                {
                    one.Done.TrySetException(failure);
                }
            }
            return stop.IsCancellationRequested;
        }
    }

    private static async Task<int> WriteAsync(UnitOfWork unit, IReadOnlyList<Waiting> batch)
    {
        // The same fact twice in one batch counts once.
        var facts = batch.DistinctBy(one => one.Id).ToDictionary(one => one.Id, one => one.Facts, StringComparer.Ordinal);
        var taken = await Inbox.TakeAsync(unit, facts.Keys, Effect);
        FactRows.Add(unit, [.. facts.Where(fact => taken.Contains(fact.Key)).Select(fact => fact.Value)]);
        return taken.Count;
    }

    private sealed class Waiting(string id, FactSet facts)
    {
        public string Id => id;

        public FactSet Facts => facts;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
