using System.Runtime.InteropServices;

namespace EnterpriseHub.LoadTests.Reports;

/// <summary>What a figure was taken on.</summary>
internal sealed record Machine
{
    public required string Processor { get; init; }

    public required int Cores { get; init; }

    public required double MemoryGb { get; init; }

    public required string System { get; init; }

    public required string Runtime { get; init; }

    /// <summary>Commit of the product; ends in <c>+changes</c> when the tree was not clean.</summary>
    public required string Commit { get; init; }

    /// <summary>Load average of the last minute before the run.</summary>
    public required double Load { get; init; }

    public static Machine Read(string commit) => new()
    {
        Processor = Line("/proc/cpuinfo", "model name"),
        Cores = Environment.ProcessorCount,
        MemoryGb = Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9, 1),
        System = RuntimeInformation.OSDescription,
        Runtime = RuntimeInformation.FrameworkDescription,
        Commit = commit,
        Load = double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], global::System.Globalization.CultureInfo.InvariantCulture),
    };

    private static string Line(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? RuntimeInformation.OSArchitecture.ToString();
}
