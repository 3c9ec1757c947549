using EnterpriseHub.Faults.Tests.Bench;
using EnterpriseHub.Faults.Tests.Network;
using EnterpriseHub.Faults.Tests.Processes;

namespace EnterpriseHub.Faults.Tests.Servers;

[Trait("faults", "long")]
public sealed class ServerFaultTests
{
    [Fact]
    public async Task Five_services_outlive_every_fault_of_their_servers_without_a_restart()
    {
        await using var servers = await ServerSet.StartAsync();
        await using var proxies = new ProxiedBackends(servers.Backends);
        await using var hub = new FiveProcesses(servers.Backends)
        {
            // The waits between tries are shortened: half a minute without a broker must not use up tries that are meant for minutes.
            Overrides = { ["Cache__Redis"] = proxies.Settings.Cache, ["Orchestrator__Attempts"] = "50" },
        };
        await hub.StartAsync();
        await FaultWalk.RunAsync(hub, [.. BrokerCells.Of(servers), .. StoreCells.Of(servers), .. CacheCells.Of(servers, proxies.Cache)]);
    }
}
