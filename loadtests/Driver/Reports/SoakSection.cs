using EnterpriseHub.LoadTests.Measuring;

namespace EnterpriseHub.LoadTests.Reports;

/// <summary>Whether what must stay flat did.</summary>
internal static class SoakSection
{
    public static void Write(Report report, string topology, IReadOnlyList<ScenarioResult> results)
    {
        foreach (var result in results.Where(result => result.Samples.Count > 1))
        {
            var samples = result.Samples;
            var programs = samples.SelectMany(sample => sample.Programs.Keys).Distinct().ToList();
            report.Line($"### {result.Scenario}");
            report.Line();
            report.Table(
                ["quantity", "middle", "end", "slope an hour", "growth over the second half", ""],
                programs.SelectMany(program => new[]
                {
                    Row($"{program}: memory, MB", Points(samples, sample => sample.Programs.GetValueOrDefault(program)?.MemoryMb)),
                    Row($"{program}: handles", Points(samples, sample => sample.Programs.GetValueOrDefault(program)?.Handles)),
                    Row($"{program}: threads", Points(samples, sample => sample.Programs.GetValueOrDefault(program)?.Threads)),
                })
                .Append(Row("messages in queues", Points(samples, sample => sample.Queued)))
                .Append(Row("dead rows", Points(samples, sample => sample.DeadRows)))
                .Append(Row("store, MB (grows with what was said)", Points(samples, sample => sample.StoreMb)))
                .Where(row => row.Count > 0));
            report.Line("Flat: the least-squares line over the second half gains at most a tenth of the mean.");
            report.Line();
            report.Chart($"{topology}-{result.Scenario}-memory", "Memory", Lines("Memory", "MB", samples, programs, use => use.MemoryMb));
            report.Chart($"{topology}-{result.Scenario}-handles", "Handles", Lines("Handles", "open handles", samples, programs, use => use.Handles));
            if (samples[^1].Rows.Count > 0)
            {
                report.Line("Largest tables at the end: " + string.Join(", ", samples[^1].Rows.Select(table => $"{table.Key} {table.Value}")) + " rows.");
                report.Line();
            }
        }
    }

    private static string Lines(string title, string unit, IReadOnlyList<Sample> samples, IReadOnlyList<string> programs, Func<ProcessUse, double> of) => new LineChart
    {
        Title = title, X = "seconds", Y = unit,
        Lines = [.. programs.Select(program => new Series(program, [.. samples.Where(sample => sample.Programs.ContainsKey(program)).Select(sample => (sample.At, of(sample.Programs[program])))]))],
    }.ToString();

    private static List<(double Seconds, double Value)> Points(IReadOnlyList<Sample> samples, Func<Sample, double?> of) =>
        [.. samples.Where(sample => of(sample) is not null).Select(sample => (sample.At, of(sample)!.Value))];

    private static IReadOnlyList<string> Row(string name, List<(double Seconds, double Value)> points) => Trend.Of(points) is not { } trend ? [] :
    [
        name, Report.Number(trend.First, "0.#"), Report.Number(trend.Last, "0.#"), Report.Number(trend.PerHour, "+0.#;-0.#;0"),
        Report.Number(trend.Share * 100, "+0.0;-0.0;0") + " %", trend.IsFlat ? "flat" : "**grows**",
    ];
}
