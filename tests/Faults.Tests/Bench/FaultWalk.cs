using System.Diagnostics;
using EnterpriseHub.Faults.Tests.Processes;

namespace EnterpriseHub.Faults.Tests.Bench;

/// <summary>Walks cells one after the other over one topology, judges each, and the whole run at its end.</summary>
internal static class FaultWalk
{
    /// <summary>After so many broken cells something else is wrong: the rest would only wait for it.</summary>
    private const int TooMany = 5;

    /// <summary>Walks all cells, or those whose name holds a word of <c>HUB_FAULT_CELLS</c> (comma separated).</summary>
    /// <exception cref="Xunit.Sdk.XunitException">A cell or the whole did not hold; the text is the table.</exception>
    public static async Task RunAsync(ProcessTopology hub, IEnumerable<FaultCell> cells, Func<FaultBench, Task>? prepare = null)
    {
        var bench = new FaultBench(hub);
        foreach (var location in FaultBench.Locations)
        {
            await bench.LocateAsync(location);
        }
        await (prepare?.Invoke(bench) ?? Task.CompletedTask);
        var chosen = Environment.GetEnvironmentVariable("HUB_FAULT_CELLS")?.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var results = new List<CellResult>();
        foreach (var cell in cells.Where(cell => chosen is null || chosen.Any(cell.Name.Contains)))
        {
            results.Add(await WalkAsync(hub, bench, cell));
            FaultTable.Add(results[^1]);
            if (results.Count(result => !result.Held) >= TooMany)
            {
                break;
            }
        }
        if (results.Count == 0)
        {
            return;
        }
        foreach (var (name, expected, check) in FinalChecks.Of(bench))
        {
            results.Add(await WalkAsync(hub, bench, new FaultCell(name, "after all cells", expected, _ => check())));
            FaultTable.Add(results[^1]);
        }
        Assert.True(results.TrueForAll(result => result.Held), "\n" + string.Join('\n', results.Where(result => !result.Held).Select(FaultTable.Line)));
    }

    private static async Task<CellResult> WalkAsync(ProcessTopology hub, FaultBench bench, FaultCell cell)
    {
        bench.Begin(cell.Name);
        var began = Stopwatch.GetTimestamp();
        try
        {
            return new CellResult(hub.Name, cell, await cell.Walk(bench), Held: true, Stopwatch.GetElapsedTime(began));
        }
        catch (Exception failure)
        {
            // The cells behind it must meet a whole product.
            await hub.ReviveAsync();
            var what = failure is InvalidOperationException or TimeoutException ? failure.Message : failure.ToString();
            return new CellResult(hub.Name, cell, what, Held: false, Stopwatch.GetElapsedTime(began));
        }
    }
}
