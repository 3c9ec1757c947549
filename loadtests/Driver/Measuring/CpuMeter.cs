namespace EnterpriseHub.LoadTests.Measuring;

/// <summary>CPU time of the programs between two moments.</summary>
internal sealed class CpuMeter
{
    private readonly Dictionary<string, double> _before;
    private readonly double _busy;

    private CpuMeter(Dictionary<string, double> before, double busy) => (_before, _busy) = (before, busy);

    public static CpuMeter Start(Target target)
    {
        var table = ProcessTable.Read();
        return new CpuMeter(Read(target, table), table.BusySeconds);
    }

    /// <summary>Seconds by program, the driver included, and under <c>others</c> what the machine did besides them.</summary>
    public IReadOnlyDictionary<string, double> Stop(Target target)
    {
        var table = ProcessTable.Read();
        // A program that was started again in between begins at zero.
        var used = Read(target, table).ToDictionary(
            program => program.Key,
            program => Math.Round(program.Value - (_before.GetValueOrDefault(program.Key) is var before && before <= program.Value ? before : 0), 3),
            StringComparer.Ordinal);
        used["others"] = Math.Round(Math.Max(0, table.BusySeconds - _busy - used.Values.Sum()), 3);
        return used;
    }

    private static Dictionary<string, double> Read(Target target, ProcessTable table)
    {
        var programs = target.Processes().ToDictionary(program => program.Key, program => ProcessUse.Cpu(program.Value, table), StringComparer.Ordinal);
        programs["driver"] = Environment.CpuUsage.TotalTime.TotalSeconds;
        return programs;
    }
}
