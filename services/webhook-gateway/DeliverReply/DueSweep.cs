using System.Collections.Concurrent;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>
/// Looks for due work and does it, several at once and none twice in this process. What fails is due again; across processes the
/// work itself is claimed in the store.
/// </summary>
internal sealed class DueSweep<TKey>(
    string name,
    int concurrency,
    Func<CancellationToken, Task<IReadOnlyList<TKey>>> find,
    Func<TKey, CancellationToken, Task> work,
    TimeProvider time,
    ILogger logger)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Task> _running = new();

    /// <summary>Sweeps until it is stopped, then waits for what is running.</summary>
    public async Task RunAsync(TimeSpan every, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            do
            {
                await TryStartDueAsync(stop);
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        finally
        {
            await Task.WhenAll(_running.Values);
        }
    }

    /// <summary>Does once what is due and waits for it.</summary>
    public async Task OnceAsync(CancellationToken stop)
    {
        await TryStartDueAsync(stop);
        await Task.WhenAll(_running.Values);
    }

    private async Task TryStartDueAsync(CancellationToken stop)
    {
        try
        {
            foreach (var key in await find(stop))
            {
                if (_running.Count >= concurrency)
                {
                    return;
                }
                var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (_running.TryAdd(key, turn.Task))
                {
                    _ = DoAsync(key, turn, stop);
                }
            }
        }
        catch (System.Data.Common.DbException failure)
        {
            logger.LogWarning("{Sweep}: the store could not be read ({Error}); will try again", name, failure.GetType().Name);
        }
    }

    private async Task DoAsync(TKey key, TaskCompletionSource turn, CancellationToken stop)
    {
        try
        {
            await Task.Yield();
            await work(key, stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            logger.LogWarning("{Sweep}: {Key} failed ({Error}); it is due again", name, key, failure.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the work is still due and waits in the store.
        }
        finally
        {
            _running.TryRemove(key, out _);
            turn.SetResult();
        }
    }
}
