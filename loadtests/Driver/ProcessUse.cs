using System.Globalization;

namespace EnterpriseHub.LoadTests.Driver;

/// <summary>What a process used during the run.</summary>
/// <param name="CpuSeconds">User and system time.</param>
/// <param name="RssMb">Resident memory at the end, MB.</param>
internal sealed record ProcessUse(double CpuSeconds, double RssMb)
{
    private const double TicksPerSecond = 100;

    /// <summary>Reads /proc; zero when the process is gone.</summary>
    public static ProcessUse Read(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
            var pages = long.Parse(fields[21], CultureInfo.InvariantCulture);
            return new ProcessUse(ticks / TicksPerSecond, Math.Round(pages * 4096 / 1e6, 1));
        }
        catch (IOException)
        {
            return new ProcessUse(0, 0);
        }
    }
}
