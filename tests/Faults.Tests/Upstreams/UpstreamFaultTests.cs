using EnterpriseHub.Faults.Tests.Bench;
using EnterpriseHub.Faults.Tests.Processes;
using EnterpriseHub.TestKit.Backends;

namespace EnterpriseHub.Faults.Tests.Upstreams;

public sealed class StandaloneUpstreamFaultTests
{
    [Fact]
    public async Task One_process_keeps_every_promise_whatever_GHL_and_Claude_do()
    {
        await using var hub = new OneProcess();
        await hub.StartAsync();
        await FaultWalk.RunAsync(hub, [.. ClaudeCells.All, .. GhlCells.All, .. WebhookCells.All]);
    }
}

public sealed class FiveServicesUpstreamFaultTests(FreshBackends backends) : IClassFixture<FreshBackends>
{
    [Fact]
    public async Task Five_services_keep_every_promise_whatever_GHL_and_Claude_do()
    {
        backends.Require();
        await using var hub = new FiveProcesses(new BackendSettings(backends.RabbitMq.ToString(), backends.Postgres, backends.Redis));
        await hub.StartAsync();
        await FaultWalk.RunAsync(hub, [.. ClaudeCells.All, .. GhlCells.All, .. WebhookCells.All]);
    }
}
