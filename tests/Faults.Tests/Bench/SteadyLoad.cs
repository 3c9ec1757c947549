namespace EnterpriseHub.Faults.Tests.Bench;

/// <summary>Four texts a second from sixteen leads, each waiting until its last one was taken; every third is delivered twice, as GHL may.</summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private const int Leads = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(4);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _leads;

    private SteadyLoad(FaultBench bench) => _leads = Task.WhenAll(Enumerable.Range(0, Leads).Select(lead => WriteAsync(bench, lead)));

    /// <summary>
    /// Breaks something while leads write, and lets them write a moment longer.
    /// Nothing but 200 and 429 may be answered, no process may end, and at last every text must have one reply.
    /// </summary>
    public static async Task<string> DuringAsync(FaultBench bench, Func<Task<string>> fault)
    {
        string seen;
        await using (var load = new SteadyLoad(bench))
        {
            await Task.Delay(1500, CancellationToken.None);
            seen = await fault();
            await Task.Delay(1500, CancellationToken.None);
            await load.EndAsync();
        }
        if (bench.Gateways is null)
        {
            bench.Answers.RequireNothingElse();
        }
        using var over = new CancellationTokenSource();
        var supervisor = SuperviseAsync(bench, over.Token);
        var replies = await bench.OneEachAsync();
        await over.CancelAsync();
        var started = await supervisor;
        return bench.Hub.Processes.Where(process => process.Died).Select(process => process.Name).ToList() is { Count: > 0 } dead
            ? throw new InvalidOperationException($"{string.Join(" and ", dead)} ended")
            : $"{seen}; {bench.Answers}; {replies}{(started.Count > 0 ? $"; {string.Join(" and ", started)} asked to be started again" : "")}";
    }

    /// <summary>Starts again what ended because its bus hung, as an init system would; whatever ends otherwise is a failure.</summary>
    private static async Task<IReadOnlyList<string>> SuperviseAsync(FaultBench bench, CancellationToken stop)
    {
        var started = new List<string>();
        while (!stop.IsCancellationRequested)
        {
            foreach (var process in bench.Hub.Processes.Where(process => process.AsksForStart))
            {
                started.Add(process.Name);
                await process.StartAsync();
            }
            await Task.Delay(500, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _leads.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _leads;
    }

    private async Task WriteAsync(FaultBench bench, int lead)
    {
        await RestAsync(Pause / Leads * lead);
        for (var texts = lead; !_stop.IsCancellationRequested; texts++)
        {
            var message = bench.Write(lead);
            await bench.DeliverAsync(message);
            if (texts % 3 == 0)
            {
                await bench.DeliverAsync(message);
            }
            await RestAsync(Pause);
        }
    }

    private Task RestAsync(TimeSpan time) => Task.Delay(time, _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
}
