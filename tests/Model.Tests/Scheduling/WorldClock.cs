namespace EnterpriseHub.Model.Tests.Scheduling;

/// <summary>The time of a run. It moves only when the loop moves it, and fires timers in order.</summary>
internal sealed class WorldClock
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 17, 0, 0, TimeSpan.Zero);

    private readonly List<ModelTimer> _timers = [];

    public WorldClock() => Store = new Face(this, null);

    /// <summary>Since the start of the run.</summary>
    public TimeSpan Elapsed { get; private set; }

    public DateTimeOffset Now => Start + Elapsed;

    /// <summary>The clock of store and upstreams.</summary>
    public TimeProvider Store { get; }

    public TimeProvider Of(Process process) => new Face(this, process);

    /// <summary>When the next timer of a running process is due; null: there is none.</summary>
    public TimeSpan? NextTimer()
    {
        TimeSpan? next = null;
        foreach (var timer in _timers)
        {
            if (timer.Owner.Runs && timer.Due is { } due && (next is null || due < next))
            {
                next = due;
            }
        }
        return next;
    }

    public void Advance(TimeSpan by)
    {
        var target = Elapsed + by;
        while (NextTimer() is { } due && due <= target)
        {
            Elapsed = due > Elapsed ? due : Elapsed;
            FireOne(target);
        }
        Elapsed = target;
    }

    /// <summary>Timers of a process that stood still fire late, once.</summary>
    public void FireOverdue()
    {
        while (NextTimer() is { } due && due <= Elapsed)
        {
            FireOne(Elapsed);
        }
    }

    private void FireOne(TimeSpan target) =>
        _timers.Where(timer => timer.Owner.Runs && timer.Due is not null).MinBy(timer => timer.Due)!.Fire(target);

    private sealed class Face(WorldClock world, Process? process) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => world.Now + (process?.Skew ?? TimeSpan.Zero);

        public override long GetTimestamp() => world.Elapsed.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new ModelTimer(world, process ?? throw new InvalidOperationException("The store has no timers."), callback, state);
            timer.Change(dueTime, period);
            return timer;
        }
    }

    private sealed class ModelTimer(WorldClock world, Process owner, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public Process Owner => owner;

        public TimeSpan? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            world._timers.Remove(this);
            _period = period;
            Due = dueTime < TimeSpan.Zero ? null : world.Elapsed + dueTime;
            if (Due is not null)
            {
                world._timers.Add(this);
            }
            return true;
        }

        /// <summary>A period that was slept through is not made up for.</summary>
        public void Fire(TimeSpan target)
        {
            if (_period > TimeSpan.Zero)
            {
                Due = target + _period;
            }
            else
            {
                Due = null;
                world._timers.Remove(this);
            }
            callback(state);
        }

        public void Dispose() => world._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
