using System.Globalization;

namespace EnterpriseHub.LoadTests.Measuring;

/// <summary>What a program uses: its process and all below it (PostgreSQL and RabbitMQ are several).</summary>
internal sealed record ProcessUse
{
    /// <summary>User and system time since the start, of ended children too.</summary>
    public double CpuSeconds { get; init; }

    /// <summary>Memory in MB: resident for one process; for several the proportional share, so that shared pages count once.</summary>
    public double MemoryMb { get; init; }

    public int Handles { get; init; }

    public int Threads { get; init; }

    /// <summary>What is gone counts as nothing.</summary>
    /// <param name="pid">Of the program's first process.</param>
    /// <param name="table">The machine's processes.</param>
    public static ProcessUse Of(int pid, ProcessTable table)
    {
        var members = table.Family(pid);
        return new ProcessUse
        {
            CpuSeconds = Cpu(pid, table),
            MemoryMb = Math.Round(members.Count == 1 ? members[0].ResidentMb : members.Sum(member => SharedMb(member.Pid) ?? member.ResidentMb), 1),
            Handles = members.Sum(member => Count($"/proc/{member.Pid}/fd")),
            Threads = members.Sum(member => member.Threads),
        };
    }

    public static double Cpu(int pid, ProcessTable table) => table.Family(pid).Sum(member => member.CpuSeconds);

    private static double? SharedMb(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/smaps_rollup").FirstOrDefault(text => text.StartsWith("Pss:", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int Count(string folder)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(folder).Count();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
