namespace EnterpriseHub.LoadTests.Reports;

/// <summary>Where the time of a turn goes, as the product itself tells it.</summary>
internal static class StageSection
{
    public static void Write(Report report, string topology, IReadOnlyList<ScenarioResult> results)
    {
        report.Line("### Stages");
        report.Line();
        var told = results.Where(result => result.Stages is { Count: > 0 }).ToList();
        if ((told.FirstOrDefault(result => result.Scenario == "steady-50") ?? told.FirstOrDefault()) is not { } best)
        {
            report.Line("The product does not tell when its stages were reached.");
            report.Line();
            return;
        }
        var bars = best.Stages!.Select(stage => (stage.Stage, (IReadOnlyList<Segment>)
            [new Segment("", Math.Max(0, stage.P50 - stage.TookP50)), new Segment(stage.Stage.StartsWith("step ", StringComparison.Ordinal) ? "step" : "stage", Math.Min(stage.P50, stage.TookP50))])).ToList();
        report.Chart($"{topology}-stages", "Stages of a turn", new BarChart
        {
            Title = $"Stages of a turn, medians of {best.Stages!.Max(stage => stage.Turns)} turns ({best.Scenario})", X = "ms since the webhook was received", Bars = bars,
        }.ToString());
        report.Table(
            ["stage", "turns", "reached P50", "P95", "took P50"],
            best.Stages!.Select(stage => (IReadOnlyList<string>)[stage.Stage, Report.Number(stage.Turns), Comparison.Ms(stage.P50), Comparison.Ms(stage.P95), Comparison.Ms(stage.TookP50)]));
    }
}
