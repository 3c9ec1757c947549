namespace EnterpriseHub.LoadTests.Reports;

/// <summary>How fast the product is there, and what it holds when idle.</summary>
internal static class StartSection
{
    public static void Write(Report report, IReadOnlyList<ScenarioResult> results)
    {
        foreach (var result in results.Where(result => result.Start is not null))
        {
            var start = result.Start!;
            report.Line($"### {result.Scenario}");
            report.Line();
            report.Line(Report.Invariant($"First reply {start.Median:0.00} s after the start of the programs (median of {start.SecondsToReply.Count}: {string.Join(", ", start.SecondsToReply.Select(one => Report.Number(one)))})."));
            report.Line(start.Lost == 0 ? "Every start answered." : $"**{start.Lost} starts without a reply.**");
            report.Line();
            report.Table(["program", "idle MB"], start.IdleMb.Select(program => (IReadOnlyList<string>)[program.Key, Report.Number(program.Value, "0")]));
        }
    }
}
