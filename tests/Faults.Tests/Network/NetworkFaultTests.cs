using EnterpriseHub.Faults.Tests.Bench;
using EnterpriseHub.Faults.Tests.Processes;
using EnterpriseHub.TestKit.Backends;
using EnterpriseHub.TestKit.Network;

namespace EnterpriseHub.Faults.Tests.Network;

[Trait("faults", "long")]
public sealed class NetworkFaultTests(FreshBackends backends) : IClassFixture<FreshBackends>
{
    [Fact]
    public async Task Five_services_outlive_every_fault_of_the_way_to_GHL_and_Claude()
    {
        backends.Require();
        await using var hub = new FiveProcesses(new BackendSettings(backends.RabbitMq.ToString(), backends.Postgres, backends.Redis));
        await UpstreamWay.WalkAsync(hub);
    }
}

public sealed class StandaloneNetworkFaultTests
{
    [Fact]
    public async Task One_process_outlives_every_fault_of_the_way_to_GHL_and_Claude()
    {
        await using var hub = new OneProcess();
        await UpstreamWay.WalkAsync(hub);
    }
}

[Trait("faults", "long")]
public sealed class BackendNetworkFaultTests(FreshBackends backends) : IClassFixture<FreshBackends>
{
    [Fact]
    public async Task Five_services_outlive_every_fault_of_the_way_to_their_servers()
    {
        backends.Require();
        var real = new BackendSettings(backends.RabbitMq.ToString(), backends.Postgres, backends.Redis);
        await using var proxies = new ProxiedBackends(real);
        await using var hub = new FiveProcesses(real)
        {
            Overrides =
            {
                ["Bus__RabbitMq"] = proxies.Settings.Bus, ["Store__ConnectionString"] = proxies.Settings.Store, ["Cache__Redis"] = proxies.Settings.Cache,
                // The waits between tries are shortened: the tries are meant for minutes.
                ["Orchestrator__Attempts"] = "50",
            },
        };
        await hub.StartAsync();
        await FaultWalk.RunAsync(hub, [
            .. ProxyCells.OfServer("RabbitMQ", proxies.Bus), .. ProxyCells.OfServer("PostgreSQL", proxies.Store), .. ProxyCells.OfServer("Redis", proxies.Cache),
        ]);
    }
}

/// <summary>A proxy before GHL and another before Claude.</summary>
internal static class UpstreamWay
{
    public static async Task WalkAsync(ProcessTopology hub)
    {
        var simulator = hub.SimulatorAddress;
        await using var ghl = new FaultProxy(simulator.Host, simulator.Port);
        await using var claude = new FaultProxy(simulator.Host, simulator.Port);
        hub.Overrides["Ghl__BaseUrl"] = ghl.Instead(new Uri(simulator, "/sim/ghl")).ToString();
        hub.Overrides["Claude__BaseUrl"] = claude.Instead(new Uri(simulator, "/sim/claude")).ToString();
        // Longer than a slow answer takes, short enough to meet several tries while nobody answers.
        hub.Overrides["Claude__Deadline"] = "00:00:05";
        hub.Overrides["Orchestrator__Attempts"] = "50";
        await hub.StartAsync();
        await FaultWalk.RunAsync(hub, [.. ProxyCells.OfUpstream("GHL", ghl), .. ProxyCells.OfUpstream("Claude", claude)]);
    }
}
