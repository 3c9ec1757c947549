using EnterpriseHub.Faults.Tests.Bench;
using EnterpriseHub.Faults.Tests.Processes;

namespace EnterpriseHub.Faults.Tests.Operations;

/// <summary>What happens to processes in operation: they stand still, are restarted one after the other, have a wrong clock, are of two versions.</summary>
internal static class OperationCells
{
    /// <summary>Three processes stand still for a minute at the worst places, while others take their work over; then they go on.</summary>
    public static FaultCell FreezeThree => new("SIGSTOP 60 s", "SIGSTOP at O3, S2 and S3 in three processes, CONT after 60 s", FaultCell.OneEach, async bench =>
    {
        var frozen = new List<string>();
        foreach (var point in new[] { "O3", "S2", "S3" })
        {
            await FreezeAsync(bench, point);
            frozen.Add($"{string.Join('+', bench.Hub.Processes.Where(process => process.IsFrozen).Select(process => process.Name).Except(frozen))} at {point}");
        }
        await using (var load = new SteadyLoad(bench, () => Awake(bench)).Start(TimeSpan.FromMilliseconds(500)))
        {
            await Task.Delay(TimeSpan.FromSeconds(60), CancellationToken.None);
            Thaw(bench);
            await Task.Delay(TimeSpan.FromSeconds(5), CancellationToken.None);
        }
        return $"{string.Join(", ", frozen)}: {await bench.OneEachAsync()}";
    });

    /// <summary>The only process stands still, longer than every lease and claim.</summary>
    public static FaultCell Freeze(string point) => new($"SIGSTOP {point}", $"SIGSTOP at {point} for 12 s, longer than lease and claim", FaultCell.OneEach, async bench =>
    {
        await FreezeAsync(bench, point);
        await Task.Delay(TimeSpan.FromSeconds(12), CancellationToken.None);
        Thaw(bench);
        await bench.BurstAsync(2, first: 4);
        return await bench.OneEachAsync();
    });

    /// <summary>Every process is asked to stop and started again, one after the other, under load.</summary>
    public static FaultCell RollingRestart(bool unnoticed) => new(
        "rolling restart", "SIGTERM and start of every process under load", unnoticed ? $"{FaultCell.OneEach}; every delivery taken" : FaultCell.OneEach, async bench =>
        {
            await using var load = new SteadyLoad(bench, () => Awake(bench)).Start(TimeSpan.FromMilliseconds(150));
            foreach (var process in bench.Hub.Processes.Skip(1))
            {
                await process.StopAsync();
                await process.StartAsync();
            }
            await load.StopAsync();
            var seen = await bench.OneEachAsync();
            return !unnoticed || load.Missed == 0
                ? $"{seen}, {load.Missed} deliveries missed"
                : throw new InvalidOperationException($"{load.Missed} deliveries found no gateway");
        });

    /// <summary>Both halves of the product run twice, one of each with a clock that is ten minutes off.</summary>
    public static FaultCell WrongClocks => new(
        "clock +-10 min", "one gateway ten minutes fast, one orchestrator ten minutes slow, beside right ones", FaultCell.OneEach, async bench =>
        {
            await using var load = new SteadyLoad(bench, () => Awake(bench)).Start(TimeSpan.FromMilliseconds(150));
            await Task.Delay(TimeSpan.FromSeconds(10), CancellationToken.None);
            await load.StopAsync();
            return await bench.OneEachAsync();
        });

    /// <summary>The new version starts beside the old one, both work, the old one is stopped.</summary>
    public static FaultCell TwoVersions(string previous) => new(
        "N-1 and N", $"this version beside {previous[..8]}, then alone", FaultCell.OneEach, async bench =>
        {
            await using var load = new SteadyLoad(bench, () => Awake(bench)).Start(TimeSpan.FromMilliseconds(150));
            await Task.Delay(TimeSpan.FromSeconds(6), CancellationToken.None);
            await bench.Hub["webhook-gateway"].StopAsync();
            await bench.Hub["ai-orchestrator"].StopAsync();
            await Task.Delay(TimeSpan.FromSeconds(4), CancellationToken.None);
            await load.StopAsync();
            var seen = await bench.OneEachAsync();
            // What is read for the judgement comes from the version that is there.
            await bench.Hub["webhook-gateway"].StartAsync();
            await bench.Hub["ai-orchestrator"].StartAsync();
            return seen;
        });

    private static async Task FreezeAsync(FaultBench bench, string point)
    {
        bench.Hub.Failpoints.Arm(point, "stop");
        foreach (var lead in Enumerable.Range(0, 4))
        {
            await bench.DeliverAsync(bench.Write(lead), Awake(bench)[0]);
        }
        await bench.Hub.Failpoints.FiredAsync(point, TimeSpan.FromSeconds(30));
        await Task.Delay(200, CancellationToken.None);
        if (!bench.Hub.Processes.Any(process => process.IsFrozen))
        {
            throw new InvalidOperationException("nobody stands still");
        }
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
