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
        var replies = await bench.OneEachAsync();
        return bench.Hub.Processes.Where(process => process.Died).Select(process => process.Name).ToList() is { Count: > 0 } dead
            ? throw new InvalidOperationException($"{string.Join(" and ", dead)} ended")
            : $"{seen}; {bench.Answers}; {replies}";
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
