namespace EnterpriseHub.Faults.Tests.Bench;

/// <summary>One fault, what is done, and what must hold.</summary>
/// <param name="Name">Short name, e.g. <c>S4 kill</c>.</param>
/// <param name="Injected">What is broken and how.</param>
/// <param name="Expected">What must hold.</param>
/// <param name="Walk">Does it and returns what was seen; throws when it does not hold.</param>
internal sealed record FaultCell(string Name, string Injected, string Expected, Func<FaultBench, Task<string>> Walk)
{
    public const string OneEach = "one reply each, in order";
}

/// <summary>How a cell ended.</summary>
internal sealed record CellResult(string Topology, FaultCell Cell, string Seen, bool Held, TimeSpan Took);

/// <summary>The table that <c>tests/run.sh faults</c> prints: one line a cell, written as it ends.</summary>
internal static class FaultTable
{
    private static readonly Lock Gate = new();

    /// <summary>Adds a line to the file that <c>HUB_FAULT_TABLE</c> names.</summary>
    public static void Add(CellResult result)
    {
        if (Environment.GetEnvironmentVariable("HUB_FAULT_TABLE") is not { Length: > 0 } file)
        {
            return;
        }
        lock (Gate)
        {
            File.AppendAllText(file, Line(result) + "\n");
        }
    }

    /// <summary>A row of a Markdown table.</summary>
    public static string Line(CellResult result) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"| {result.Topology} | {result.Cell.Name} | {result.Cell.Injected} | {result.Cell.Expected} | {(result.Held ? "" : "**BROKEN** ")}{result.Seen.ReplaceLineEndings(" ").Replace('|', '/')} | {result.Took.TotalSeconds:0.0} s |");
}
