using System.Net;
using EnterpriseHub.Faults.Tests.Bench;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.Faults.Tests.Operations;

/// <summary>Leads who keep writing while something is done to the product; a fifth of the texts is delivered twice.</summary>
internal sealed class SteadyLoad(FaultBench bench, Func<IReadOnlyList<Uri>> gateways, int leads = 6) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];
    private Task? _writing;

    /// <summary>Deliveries that no gateway took at the first round.</summary>
    public int Missed { get; private set; }

    /// <summary>Texts so far.</summary>
    public int Written { get; private set; }

    /// <summary>Starts writing.</summary>
    public SteadyLoad Start(TimeSpan every)
    {
        _writing = WriteAsync(every);
        return this;
    }

    /// <summary>Stops writing; returns when everything was taken.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _writing!;
        await Task.WhenAll(_running);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task WriteAsync(TimeSpan every)
    {
        using var timer = new PeriodicTimer(every);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                var text = bench.Write(Written++ % leads);
                _running.Add(DeliverAsync(text));
                if (Written % 5 == 0)
                {
                    _running.Add(DeliverAsync(text));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    /// <summary>Tries the gateways as a front door does: the next one where one does not answer; then again, as GHL repeats.</summary>
    private async Task DeliverAsync(LeadMessage text)
    {
        for (var round = 0; round < 200; round++)
        {
            foreach (var gateway in gateways().OrderBy(_ => Random.Shared.Next()))
            {
                if (await bench.TryDeliverAsync(text, gateway) == HttpStatusCode.OK)
                {
                    return;
                }
            }
            Missed += round == 0 ? 1 : 0;
            await Task.Delay(250, CancellationToken.None);
        }
        throw new InvalidOperationException($"ref {text.Ref} was never taken");
    }
}
