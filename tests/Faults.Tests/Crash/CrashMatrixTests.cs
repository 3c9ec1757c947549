using EnterpriseHub.Faults.Tests.Bench;
using EnterpriseHub.Faults.Tests.Processes;
using EnterpriseHub.TestKit.Backends;

namespace EnterpriseHub.Faults.Tests.Crash;

public sealed class StandaloneCrashMatrixTests
{
    [Fact]
    public async Task One_process_keeps_every_promise_at_every_crash_point()
    {
        await using var hub = new OneProcess { Overrides = { ["Gateway__PollEvery"] = "00:00:03", ["Gateway__PollGrace"] = "00:00:00" } };
        await hub.StartAsync();
        await FaultWalk.RunAsync(hub, CrashCells.All);
    }
}

public sealed class FiveServicesCrashMatrixTests(FreshBackends backends) : IClassFixture<FreshBackends>
{
    [Fact]
    public async Task Five_services_keep_every_promise_at_every_crash_point()
    {
        backends.Require();
        await using var hub = new FiveProcesses(new BackendSettings(backends.RabbitMq.ToString(), backends.Postgres, backends.Redis))
        {
            Overrides = { ["Gateway__PollEvery"] = "00:00:03", ["Gateway__PollGrace"] = "00:00:00" },
        };
        await hub.StartAsync();
        await FaultWalk.RunAsync(hub, CrashCells.All);
    }
}
