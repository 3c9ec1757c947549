using System.Threading.Channels;
using EnterpriseHub.LoadTests.Measuring;
using EnterpriseHub.Simulator.Control;

namespace EnterpriseHub.LoadTests.Traffic;

/// <summary>Starts each piece of work when it is due, however the earlier ones fare: a slow answer never puts the next question off.</summary>
internal sealed class OpenLoop(PreciseDelay delay, TimeProvider time)
{
    private int _open;

    /// <summary>How late the driver itself was with a start, ms. Part of every latency here; large values make a run worthless.</summary>
    public Latencies Lag { get; } = new();

    /// <summary>Pieces of work that were started and are not done.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Runs until the last piece of work is done.</summary>
    /// <param name="items">Work by due time.</param>
    /// <param name="dueOf">When it is due, from the start.</param>
    /// <param name="start">Does it; given when it was due, Unix ms.</param>
    /// <param name="cancellation">Starts nothing more.</param>
    public async Task RunAsync<T>(ChannelReader<T> items, Func<T, TimeSpan> dueOf, Func<T, double, Task> start, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Exception? failure = null;
        Volatile.Write(ref _open, 1);
        var began = time.GetTimestamp();
        var beganAt = UnixMs(time.GetUtcNow());
        await foreach (var item in items.ReadAllAsync(cancellation))
        {
            var due = dueOf(item);
            var deadline = began + (long)(due.TotalSeconds * time.TimestampFrequency);
            if (deadline > time.GetTimestamp())
            {
                await delay.UntilAsync(deadline, cancellation);
            }
            Lag.Record((time.GetElapsedTime(began) - due).TotalMilliseconds);
            Interlocked.Increment(ref _open);
            _ = FinishAsync(start(item, beganAt + due.TotalMilliseconds));
        }
        Leave();
        await done.Task;
        if (failure is not null)
        {
            throw new InvalidOperationException(failure.Message, failure);
        }

        async Task FinishAsync(Task work)
        {
            try
            {
                await work;
            }
            catch (Exception wrong)
            {
                failure ??= wrong;
            }
            Leave();
        }

        void Leave()
        {
            if (Interlocked.Decrement(ref _open) == 0)
            {
                done.TrySetResult();
            }
        }
    }

    public static double UnixMs(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).TotalMilliseconds;
}
