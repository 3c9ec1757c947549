using System.Runtime.InteropServices;

namespace EnterpriseHub.Simulator.Control;

/// <summary>
/// Delays that are exact to about 0.1 ms on an idle core. The runtime's timers count a coarse clock: they fire up to 4 ms
/// early or late, which is more than the overhead that this simulator helps to measure. One thread sleeps to the next
/// deadline, whole milliseconds on a condition and the rest in the kernel; it never spins.
/// </summary>
internal sealed partial class PreciseDelay : IDisposable
{
    private readonly object gate = new();
    private readonly PriorityQueue<TaskCompletionSource, long> waiting = new();
    private readonly TimeProvider time;
    private bool disposed;

    public PreciseDelay(TimeProvider time)
    {
        this.time = time;
        new Thread(Run) { IsBackground = true, Name = "simulator delays" }.Start();
    }

    /// <summary>Completes at a timestamp of the time provider.</summary>
    public async Task UntilAsync(long deadline, CancellationToken cancellation)
    {
        var due = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            var first = !waiting.TryPeek(out _, out var next) || deadline < next;
            waiting.Enqueue(due, deadline);
            if (first)
            {
                Monitor.Pulse(gate);
            }
        }
        await using var registration = cancellation.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), due);
        await due.Task;
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            Monitor.Pulse(gate);
        }
    }

    private void Run()
    {
        while (true)
        {
            double left;
            lock (gate)
            {
                if (disposed)
                {
                    return;
                }
                left = CompleteDue();
                if (left >= 1.2)
                {
                    Monitor.Wait(gate, (int)Math.Min(left - 1, 1000));
                    continue;
                }
            }
            // No request has a latency this short, so nothing earlier can come in.
            Rest(left);
        }
    }

    /// <returns>Milliseconds to the next deadline.</returns>
    private double CompleteDue()
    {
        while (waiting.TryPeek(out var due, out var deadline))
        {
            var left = (deadline - time.GetTimestamp()) * 1000.0 / time.TimestampFrequency;
            if (left > 0.06)
            {
                return left;
            }
            waiting.Dequeue();
            due.TrySetResult();
        }
        return 1000;
    }

    private void Rest(double ms)
    {
        if (OperatingSystem.IsWindows())
        {
            lock (gate)
            {
                Monitor.Wait(gate, 1);
            }
            return;
        }
        // The kernel adds about 0.05 ms of slack.
        var length = new TimeSpec { Nanoseconds = (nint)(Math.Max(0.01, ms - 0.06) * 1_000_000) };
        _ = Sleep(in length, 0);
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int Sleep(in TimeSpec length, nint rest);

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
