using System.Collections.Concurrent;
using EnterpriseHub.WebhookGateway.DeliverReply;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EnterpriseHub.WebhookGateway.Tests.DeliverReply;

public sealed class DueSweepTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>A broken sweep fails its test instead of hanging it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<string> _log = new();

    [Fact]
    public async Task Starts_no_more_than_may_run_at_once_and_the_rest_when_there_is_room()
    {
        int[] due = [1, 2, 3];
        var gate = new TaskCompletionSource();
        var begun = new ConcurrentQueue<int>();
        var sweep = Sweep(2, _ => due, (key, _) =>
        {
            begun.Enqueue(key);
            return gate.Task;
        });

        var first = sweep.OnceAsync(None);
        gate.SetResult();
        await first.WaitAsync(Patience);
        Assert.Equal([1, 2], begun.Order());
        due = [3];
        begun.Clear();
        await sweep.OnceAsync(None).WaitAsync(Patience);

        Assert.Equal([3], begun);
    }

    [Fact]
    public async Task What_is_running_is_not_started_again_and_is_once_it_ended()
    {
        var gate = new TaskCompletionSource();
        var begun = 0;
        var sweep = Sweep(8, _ => [7], (_, _) =>
        {
            Interlocked.Increment(ref begun);
            return gate.Task;
        });

        var both = Task.WhenAll(sweep.OnceAsync(None), sweep.OnceAsync(None));
        gate.SetResult();
        await both.WaitAsync(Patience);
        Assert.Equal(1, begun);
        await sweep.OnceAsync(None).WaitAsync(Patience);

        Assert.Equal(2, begun);
    }

    [Fact]
    public async Task Work_that_fails_ends_neither_the_sweep_nor_its_neighbours_and_is_due_again()
    {
        var begun = new ConcurrentQueue<int>();
        var sweep = Sweep(8, _ => [1, 2], (key, _) =>
        {
            begun.Enqueue(key);
            return key == 1 ? throw new InvalidOperationException("broken") : Task.CompletedTask;
        });

        await sweep.OnceAsync(None).WaitAsync(Patience);
        await sweep.OnceAsync(None).WaitAsync(Patience);

        Assert.Equal([1, 1, 2, 2], begun.Order());
        Assert.Equal(2, _log.Count);
    }

    [Fact]
    public async Task A_timeout_of_the_work_is_a_failure_like_any_other()
    {
        var sweep = Sweep(8, _ => [1], (_, _) => throw new TaskCanceledException("timeout"));

        await sweep.OnceAsync(None).WaitAsync(Patience);

        Assert.Single(_log);
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_read_again_at_the_next_tick()
    {
        var reads = 0;
        var done = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        var sweep = Sweep(8, _ => ++reads == 1 ? throw new SqliteException("locked", 5) : [1], (_, _) =>
        {
            done.TrySetResult();
            return Task.CompletedTask;
        });

        var running = sweep.RunAsync(TimeSpan.FromMilliseconds(1), stop.Token);
        await done.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
    }

    [Fact]
    public async Task Anything_else_that_breaks_the_search_is_not_hidden() => await Assert.ThrowsAsync<InvalidOperationException>(
        () => Sweep(8, _ => throw new InvalidOperationException("broken"), (_, _) => Task.CompletedTask).OnceAsync(None));

    [Fact]
    public async Task When_it_is_stopped_it_looks_no_more_and_waits_for_what_is_running()
    {
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var stop = new CancellationTokenSource();
        var sweep = Sweep(8, _ => [1], (_, _) =>
        {
            begun.TrySetResult();
            return gate.Task;
        });

        var running = sweep.RunAsync(TimeSpan.FromHours(1), stop.Token);
        await begun.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        Assert.NotSame(running, await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken)));
        gate.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
    }

    [Fact]
    public async Task Work_that_is_stopped_half_way_ends_quietly()
    {
        var begun = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        var sweep = Sweep(8, _ => [1], async (_, cancelled) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancelled);
        });

        var once = sweep.OnceAsync(stop.Token);
        await begun.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await once.WaitAsync(Patience);

        Assert.Empty(_log);
    }

    [Fact]
    public async Task Work_that_breaks_while_it_is_stopped_is_still_told_of()
    {
        using var stop = new CancellationTokenSource();
        var sweep = Sweep(8, _ => [1], (_, _) =>
        {
            stop.Cancel();
            throw new InvalidOperationException("broken");
        });

        await sweep.OnceAsync(stop.Token).WaitAsync(Patience);

        Assert.Single(_log);
    }

    [Fact]
    public async Task Work_that_does_not_yield_holds_up_no_neighbour()
    {
        using var second = new ManualResetEventSlim();
        var met = false;
        var sweep = Sweep(8, _ => [1, 2], (key, _) =>
        {
            if (key == 2)
            {
                second.Set();
                return Task.CompletedTask;
            }
            met = second.Wait(Patience, None);
            return Task.CompletedTask;
        });

        await sweep.OnceAsync(None).WaitAsync(Patience);

        Assert.True(met);
    }

    private DueSweep<int> Sweep(int concurrency, Func<CancellationToken, IReadOnlyList<int>> find, Func<int, CancellationToken, Task> work) => new(
        "test", concurrency, stop => Task.FromResult(find(stop)), work, TimeProvider.System, new Listing(_log));

    private sealed class Listing(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));
    }
}
