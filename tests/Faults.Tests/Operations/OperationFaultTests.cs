using EnterpriseHub.Faults.Tests.Bench;
using EnterpriseHub.Faults.Tests.Processes;
using EnterpriseHub.TestKit.Backends;

namespace EnterpriseHub.Faults.Tests.Operations;

public sealed class StandaloneOperationFaultTests
{
    [Fact]
    public async Task One_process_may_stand_still_and_be_restarted()
    {
        await using var hub = new OneProcess();
        await hub.StartAsync();
        await FaultWalk.RunAsync(hub,
            [OperationCells.Freeze("O3"), OperationCells.Freeze("S2"), OperationCells.Freeze("S3"), OperationCells.RollingRestart(unnoticed: false)]);
    }
}

[Trait("faults", "long")]
public sealed class FrozenServicesTests(FreshBackends backends) : IClassFixture<FreshBackends>
{
    [Fact]
    public async Task Processes_that_stand_still_for_a_minute_send_nothing_twice()
    {
        backends.Require();
        await using var hub = new FiveProcesses(new BackendSettings(backends.RabbitMq.ToString(), backends.Postgres, backends.Redis))
        {
            Second = ["webhook-gateway-2", "webhook-gateway-3", "ai-orchestrator-2"],
            // Tries last as long as in production: two of three gateways, which know the contacts, stand still for the whole minute.
            Overrides = { ["Orchestrator__Attempts"] = "60" },
        };
        await hub.StartAsync();
        await FaultWalk.RunAsync(hub, [OperationCells.FreezeThree]);
    }
}

[Trait("faults", "long")]
public sealed class RestartedServicesTests(FreshBackends backends) : IClassFixture<FreshBackends>
{
    private const string FakeTime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

    [Fact]
    public async Task Nobody_notices_a_rolling_restart_or_a_wrong_clock()
    {
        backends.Require();
        Assert.SkipUnless(File.Exists(FakeTime), "needs libfaketime (deploy/local/install.sh --faults installs it)");
        await using var hub = new FiveProcesses(new BackendSettings(backends.RabbitMq.ToString(), backends.Postgres, backends.Redis))
        {
            Second = ["webhook-gateway-2", "ai-orchestrator-2"],
            Own = { ["webhook-gateway-2"] = Clock("+10m"), ["ai-orchestrator-2"] = Clock("-10m") },
        };
        await hub.StartAsync();
        await FaultWalk.RunAsync(hub, [OperationCells.WrongClocks, OperationCells.RollingRestart(unnoticed: true)]);
    }

    private static Dictionary<string, string> Clock(string shift) => new()
    {
        ["LD_PRELOAD"] = FakeTime, ["FAKETIME"] = shift, ["DONT_FAKE_MONOTONIC"] = "1", ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
    };
}

[Trait("faults", "long")]
public sealed class TwoVersionsTests(FreshBackends backends) : IClassFixture<FreshBackends>
{
    [Fact]
    public async Task The_version_before_and_this_one_work_side_by_side()
    {
        backends.Require();
        Assert.SkipUnless(await PreviousVersion.IsKnownAsync(), "needs the repository's history to build the previous version");
        using var previous = new PreviousVersion();
        await previous.BuildAsync();
        await using var hub = new FiveProcesses(new BackendSettings(backends.RabbitMq.ToString(), backends.Postgres, backends.Redis))
        {
            Second = ["webhook-gateway-2", "ai-orchestrator-2"],
            Versions = new Dictionary<string, string> { ["webhook-gateway"] = previous.Of("webhook-gateway"), ["ai-orchestrator"] = previous.Of("ai-orchestrator") },
        };
        await hub.StartAsync();
        await FaultWalk.RunAsync(hub, [OperationCells.TwoVersions(PreviousVersion.Commit)]);
    }
}
