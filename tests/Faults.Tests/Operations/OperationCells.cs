using EnterpriseHub.Faults.Tests.Bench;
using EnterpriseHub.Faults.Tests.Processes;

namespace EnterpriseHub.Faults.Tests.Operations;

/// <summary>What happens to processes in operation: they stand still, are restarted one after the other, have a wrong clock, are of two versions.</summary>
internal static class OperationCells
{
    /// <summary>Three processes stand still for a minute at the worst places, while others take their work over; then they go on.</summary>
    public static FaultCell FreezeThree => new("SIGSTOP 60 s", "SIGSTOP at O3, S2 and S3 in three processes, CONT after 60 s", FaultCell.OneEach, async bench =>
    {
        var bursts = new List<Task>();
        foreach (var point in new[] { "O3", "S2", "S3" })
        {
            bursts.Add(await FreezeAsync(bench, point));
        }
        return await SteadyLoad.DuringAsync(bench, async () =>
        {
            var frozen = bench.Hub.Processes.Where(process => process.IsFrozen).Select(process => process.Name).ToList();
            await Task.Delay(TimeSpan.FromSeconds(60), CancellationToken.None);
            Thaw(bench);
            await Task.WhenAll(bursts);
            return frozen.Count == 3 ? string.Join(", ", frozen) : throw new InvalidOperationException($"only {string.Join(", ", frozen)} stood still");
        });
    });

    /// <summary>The only process stands still, longer than every lease and claim.</summary>
    public static FaultCell Freeze(string point) => new($"SIGSTOP {point}", $"SIGSTOP at {point} for 12 s, longer than lease and claim", FaultCell.OneEach, async bench =>
    {
        var burst = await FreezeAsync(bench, point);
        await Task.Delay(TimeSpan.FromSeconds(12), CancellationToken.None);
        Thaw(bench);
        await burst;
        await bench.BurstAsync(2, first: 4);
        return await bench.OneEachAsync();
    });

    /// <summary>Every process is asked to stop and started again, one after the other, under load.</summary>
    public static FaultCell RollingRestart(bool unnoticed) => new(
        "rolling restart", "SIGTERM and start of every process under load", unnoticed ? $"{FaultCell.OneEach}; every delivery taken" : FaultCell.OneEach, async bench =>
        {
            bench.Gateways = () => Awake(bench);
            var before = bench.Missed;
            var seen = await SteadyLoad.DuringAsync(bench, async () =>
            {
                foreach (var process in bench.Hub.Processes.Skip(1))
                {
                    await process.StopAsync();
                    await process.StartAsync();
                }
                return $"{bench.Hub.Processes.Count - 1} processes";
            });
            var missed = bench.Missed - before;
            return !unnoticed || missed == 0 ? $"{seen}, {missed} deliveries missed" : throw new InvalidOperationException($"{missed} deliveries found no gateway");
        });

    /// <summary>Both halves of the product run twice, one of each with a clock that is ten minutes off.</summary>
    public static FaultCell WrongClocks => new(
        "clock +-10 min", "one gateway ten minutes fast, one orchestrator ten minutes slow, beside right ones", FaultCell.OneEach, async bench =>
        {
            bench.Gateways = () => Awake(bench);
            return await SteadyLoad.DuringAsync(bench, async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(8), CancellationToken.None);
                return "two right clocks, two wrong ones";
            });
        });

    /// <summary>The new version starts beside the old one, both work, the old one is stopped.</summary>
    public static FaultCell TwoVersions(string previous) => new(
        "N-1 and N", $"this version beside {previous[..8]}, then alone", FaultCell.OneEach, async bench =>
        {
            bench.Gateways = () => Awake(bench);
            var seen = await SteadyLoad.DuringAsync(bench, async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(6), CancellationToken.None);
                // Stopped for good: what the front door of this version asks is answered by the second instances.
                await bench.Hub["webhook-gateway"].StopAsync();
                await bench.Hub["ai-orchestrator"].StopAsync();
                await Task.Delay(TimeSpan.FromSeconds(4), CancellationToken.None);
                return "both, then the new one alone";
            });
            // What is read for the judgement comes from the version that is there.
            await bench.Hub["webhook-gateway"].StartAsync();
            await bench.Hub["ai-orchestrator"].StartAsync();
            return seen;
        });

    /// <returns>The deliveries: where nobody is awake they wait.</returns>
    private static async Task<Task> FreezeAsync(FaultBench bench, string point)
    {
        bench.Gateways = () => Awake(bench);
        bench.Hub.Failpoints.Arm(point, "stop");
        var burst = bench.BurstAsync();
        await bench.Hub.Failpoints.FiredAsync(point);
        await Task.Delay(200, CancellationToken.None);
        if (!bench.Hub.Processes.Any(process => process.IsFrozen))
        {
            throw new InvalidOperationException("nobody stands still");
        }
        return burst;
    }

    private static void Thaw(FaultBench bench)
    {
        foreach (var process in bench.Hub.Processes)
        {
            process.Signal(PosixSignalNumber.Cont);
        }
    }

    private static List<Uri> Awake(FaultBench bench) =>
        [.. bench.Hub.Processes.Where(process => (process.Name.StartsWith("webhook-gateway", StringComparison.Ordinal) || process.Name == "standalone") && process.Runs && !process.IsFrozen).Select(process => process.Address)];
}
