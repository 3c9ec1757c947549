using System.Threading.Channels;
using EnterpriseHub.Platform.Storage;
using Microsoft.Extensions.Hosting;

namespace EnterpriseHub.Platform.Messaging;

/// <summary>
/// Writes what comes within a moment in one transaction, each with its own inbox key: under load a commit is shared by up to a hundred
/// messages. For effects that nobody waits for. Register the derived class once, as a singleton and as a hosted service.
/// </summary>
/// <param name="database">The module's own.</param>
/// <param name="effect">Name of the effect in the inbox, e.g. <c>record-metrics</c>.</param>
/// <param name="time">Clock of the moment.</param>
public abstract class GatheredWrites<T>(ModuleDatabase database, string effect, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);
    private const int Most = 100;

    /// <summary>The module's own.</summary>
    protected ModuleDatabase Database => database;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(10 * Most);

    /// <summary>Returns once the item is committed, or was before.</summary>
    /// <param name="id">Identity of what is told, at most 200 characters: it takes effect once.</param>
    /// <param name="item">What is told.</param>
    /// <param name="cancellation">Ends the wait, not the write.</param>
    protected async Task AddAsync(string id, T item, CancellationToken cancellation)
    {
        var waiting = new Waiting(id, item);
        await _waiting.Writer.WriteAsync(waiting, cancellation);
        await waiting.Done.Task.WaitAsync(cancellation);
    }

    /// <summary>Writes items that were not written before, in the order in which they came.</summary>
    protected abstract Task WriteAsync(UnitOfWork unit, IReadOnlyList<T> items);

    /// <summary>Called after each commit.</summary>
    protected virtual void Committed()
    {
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>(Most);
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            if (_waiting.Reader.Count < Most)
            {
                // Gathering for a moment turns dozens of commits a second into a few.
                await Task.Delay(Moment, time, stoppingToken);
            }
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
        }
    }

    private async Task<bool> TryCommitAsync(IReadOnlyList<Waiting> batch, bool last, CancellationToken stop)
    {
        try
        {
            await database.WriteAsync(unit => WriteAsync(unit, batch), stop);
            Committed();
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

    private async Task<int> WriteAsync(UnitOfWork unit, IReadOnlyList<Waiting> batch)
    {
        // The same twice in one batch counts once.
        var items = batch.DistinctBy(one => one.Id).ToList();
        var taken = await Inbox.TakeAsync(unit, [.. items.Select(one => one.Id)], effect);
        await WriteAsync(unit, [.. items.Where(one => taken.Contains(one.Id)).Select(one => one.Item)]);
        return taken.Count;
    }

    private sealed class Waiting(string id, T item)
    {
        public string Id => id;

        public T Item => item;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
