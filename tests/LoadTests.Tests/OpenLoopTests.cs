using System.Threading.Channels;
using EnterpriseHub.LoadTests.Traffic;
using EnterpriseHub.Simulator.Control;

namespace EnterpriseHub.LoadTests.Tests;

public sealed class OpenLoopTests
{
    [Fact]
    public async Task Work_that_never_ends_does_not_keep_the_next_from_starting()
    {
        using var delay = new PreciseDelay(TimeProvider.System);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = 0;
        var loop = new OpenLoop(delay, TimeProvider.System);
        await loop.RunAsync(Items(20), due => due, (_, _) =>
        {
            // The first nineteen wait for the twentieth: a driver that waits for answers would hang here.
            if (++started == 20)
            {
                all.SetResult();
            }
            return all.Task;
        }, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(20, started);
        Assert.Equal(20, loop.Lag.Read().Count);
    }

    [Fact]
    public async Task Latency_counts_from_due_times_that_a_slow_start_does_not_move()
    {
        using var delay = new PreciseDelay(TimeProvider.System);
        List<double> dues = [];
        await new OpenLoop(delay, TimeProvider.System).RunAsync(Items(10), due => due, async (_, due) =>
        {
            dues.Add(due);
            // Holds the driver itself up, as a busy machine would.
            Blocked();
            await Task.CompletedTask;
        }, TestContext.Current.CancellationToken);
        Assert.All(dues.Zip(dues.Skip(1)), pair => Assert.Equal(1, pair.Second - pair.First, 3));
    }

    [Fact]
    public async Task A_failure_of_any_work_is_the_runs()
    {
        using var delay = new PreciseDelay(TimeProvider.System);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => new OpenLoop(delay, TimeProvider.System)
            .RunAsync(Items(3), due => due, (due, _) => due == TimeSpan.Zero ? Task.FromException(new FormatException("broken")) : Task.CompletedTask, TestContext.Current.CancellationToken));
        Assert.Equal("broken", failure.Message);
    }

    private static void Blocked()
    {
        var began = TimeProvider.System.GetTimestamp();
        SpinWait.SpinUntil(() => TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMilliseconds(3));
    }

    /// <summary>One a millisecond.</summary>
    private static ChannelReader<TimeSpan> Items(int count)
    {
        var channel = Channel.CreateUnbounded<TimeSpan>();
        for (var number = 0; number < count; number++)
        {
            channel.Writer.TryWrite(TimeSpan.FromMilliseconds(number));
        }
        channel.Writer.Complete();
        return channel.Reader;
    }
}
