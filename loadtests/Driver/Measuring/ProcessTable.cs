using System.Globalization;

namespace EnterpriseHub.LoadTests.Measuring;

/// <summary>One process as <c>/proc/PID/stat</c> shows it.</summary>
internal sealed record ProcessRow(int Pid, int Parent, double CpuSeconds, int Threads, double ResidentMb)
{
    private const double TicksPerSecond = 100;

    /// <summary>Null for a line that is none, and for a process that has ended and waits for its parent to notice.</summary>
    public static ProcessRow? Parse(string stat)
    {
        var name = stat.LastIndexOf(')');
        if (name < 0)
        {
            return null;
        }
        // After the name, which may hold anything: state first, parent next.
        var words = stat[(name + 2)..].Split(' ');
        return words[0] == "Z" ? null : new ProcessRow(
            int.Parse(stat[..stat.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture),
            int.Parse(words[1], CultureInfo.InvariantCulture),
            (Number(words[11]) + Number(words[12]) + Number(words[13]) + Number(words[14])) / TicksPerSecond,
            (int)Number(words[17]),
            Number(words[21]) * Environment.SystemPageSize / 1e6);
    }

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);
}

/// <summary>All processes of the machine at one moment.</summary>
internal sealed class ProcessTable
{
    private readonly Dictionary<int, ProcessRow> _rows;
    private readonly ILookup<int, ProcessRow> _children;

    private ProcessTable(IReadOnlyList<ProcessRow> rows, double busySeconds) =>
        (_rows, _children, BusySeconds) = (rows.ToDictionary(row => row.Pid), rows.ToLookup(row => row.Parent), busySeconds);

    /// <summary>Time that all cores together were busy since the machine started, seconds.</summary>
    public double BusySeconds { get; }

    /// <summary>A process with all below it; empty when it is gone. Not its session: PostgreSQL gives each connection one of its own.</summary>
    public IReadOnlyList<ProcessRow> Family(int pid) => _rows.TryGetValue(pid, out var row) ? [row, .. _children[pid].SelectMany(child => Family(child.Pid))] : [];

    public static ProcessTable Read() => new(
        Directory.EnumerateDirectories("/proc")
            .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .Select(folder => ReadRow(folder))
            .OfType<ProcessRow>()
            .ToList(),
        Busy(File.ReadLines("/proc/stat").First()));

    /// <summary>user nice system idle iowait irq softirq steal: all but the waiting.</summary>
    internal static double Busy(string line)
    {
        var ticks = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return (ticks.Sum() - ticks[3] - ticks[4]) / 100;
    }

    private static ProcessRow? ReadRow(string folder)
    {
        try
        {
            return ProcessRow.Parse(File.ReadAllText(Path.Combine(folder, "stat")));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
