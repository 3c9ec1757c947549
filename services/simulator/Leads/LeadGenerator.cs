using EnterpriseHub.Simulator.Ghl.State;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Simulator.Leads;

/// <summary>Runs at most one <see cref="LeadRun"/> at a time.</summary>
internal sealed class LeadGenerator(
    IOptions<LeadOptions> options, GhlStore store, WebhookSender sender, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<LeadGenerator> log) : IHostedService
{
    private readonly SemaphoreSlim turn = new(1);
    private CancellationTokenSource stop = new();
    private LeadRun? run;
    private Task running = Task.CompletedTask;

    public LeadStatus Status => run?.Status(!running.IsCompleted) ?? new LeadStatus(false, null, 0, 0, 0, 0, 0, 0);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Enabled)
        {
            // The target may be a path of this process, so the server must listen.
            lifetime.ApplicationStarted.Register(() => _ = BeginAsync(options.Value.ToPlan()));
        }
        return Task.CompletedTask;
    }

    public async Task BeginAsync(LeadPlan plan)
    {
        await EndAsync();
        await turn.WaitAsync();
        try
        {
            stop = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
            run = new LeadRun(plan with { LocationIds = plan.LocationIds ?? options.Value.ToPlan().LocationIds }, store, sender, time);
            running = GuardAsync(run, stop.Token);
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task EndAsync()
    {
        await turn.WaitAsync();
        try
        {
            await stop.CancelAsync();
            await running;
        }
        finally
        {
            turn.Release();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => EndAsync();

    private async Task GuardAsync(LeadRun current, CancellationToken cancellation)
    {
        try
        {
            await Task.Run(() => current.RunAsync(cancellation), cancellation);
        }
        catch (OperationCanceledException)
        {
            log.LogInformation("The lead generator was stopped");
        }
    }
}
