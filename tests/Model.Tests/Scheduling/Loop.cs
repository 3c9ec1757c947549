namespace EnterpriseHub.Model.Tests.Scheduling;

/// <summary>
/// Runs every process of the world on one thread, <see cref="OnePoolThread"/>. Nothing goes on until <see cref="Complete"/> picks it,
/// so that a run is the function of its picks. What leaves the thread is a fault of the model and ends the run.
/// </summary>
internal sealed class Loop(WorldClock clock, bool traced)
{
    private readonly List<Wait> _waits = [];
    private readonly List<string> _trace = [];
    private string? _hop;

    public WorldClock Clock => clock;

    /// <summary>Steps so far.</summary>
    public int Step { get; private set; }

    /// <summary>Operations that have begun in living processes and not ended.</summary>
    public int Running { get; private set; }

    public IReadOnlyList<string> Trace => _trace;

    public event Action<Wait>? Registered;

    /// <summary>Waits that may be completed now.</summary>
    public List<Wait> Ready() => [.. _waits.Where(wait => wait.Owner.Runs)];

    /// <summary>Waits of any living process, frozen ones too.</summary>
    public bool AnyWait => _waits.Any(wait => wait.Owner.Alive);

    /// <summary>A port call: goes on when the loop says so; never, in a process that is dead.</summary>
    public Task YieldAsync(Process owner, string what, CancellationToken cancellation = default)
    {
        CheckThread(what);
        var wait = new Wait(owner, what, Operation.Current?.Name ?? "");
        return AddAsync(wait, cancellation);
    }

    /// <summary>Holds a call whose answer is there.</summary>
    public Task AddAsync(Wait wait, CancellationToken cancellation = default)
    {
        _waits.Add(wait);
        if (!cancellation.CanBeCanceled)
        {
            Registered?.Invoke(wait);
            return wait.Task;
        }
        var task = wait.Task.WaitAsync(cancellation);
        cancellation.UnsafeRegister(_ => _waits.Remove(wait), null);
        Registered?.Invoke(wait);
        return task;
    }

    public void Complete(Wait wait)
    {
        Note($"{wait.Owner,-6} {wait.Operation}: {wait.What}");
        _waits.Remove(wait);
        wait.Complete();
    }

    /// <summary>Begins an operation; it runs until its first port call.</summary>
    public void Start(Process owner, Operation operation, Func<Task> work, Action<Exception?> ended)
    {
        Note($"{owner,-6} {operation.Name}: begins");
        Running++;
        _ = RunAsync(owner, operation, work, ended);
    }

    /// <summary>What a dead process began does not end any more.</summary>
    public void Bury(Process process, int operations)
    {
        _waits.RemoveAll(wait => wait.Owner == process);
        Running -= operations;
    }

    public void Note(string what)
    {
        Step++;
        if (traced)
        {
            _trace.Add($"{Step,5} {clock.Elapsed.TotalSeconds,9:0.000} s  {what}");
        }
    }

    private async Task RunAsync(Process owner, Operation operation, Func<Task> work, Action<Exception?> ended)
    {
        Operation.Current = operation;
        Exception? failure = null;
        try
        {
            await work();
            // Between the effect and its acknowledgement a process may die.
            await YieldAsync(owner, "end");
        }
        catch (Exception thrown)
        {
            failure = thrown;
        }
        CheckThread("end");
        Running--;
        ended(failure);
    }

    private void CheckThread(string what)
    {
        if (!Thread.CurrentThread.IsThreadPoolThread)
        {
            _hop ??= $"Work left the loop's thread before '{what}' of {Operation.Current?.Name}:{Environment.NewLine}{Environment.StackTrace}";
        }
    }

    /// <summary>Lets what was set going come to its next port calls.</summary>
    public async Task SettleAsync()
    {
        await OnePoolThread.DrainAsync();
        if (_hop is not null)
        {
            throw new InvalidOperationException(_hop);
        }
    }
}
