namespace EnterpriseHub.LoadTests.Reports;

/// <summary>How long replies and acknowledgements took.</summary>
internal static class LatencySection
{
    public static void Write(Report report, string topology, IReadOnlyList<(ScenarioResult Result, StepResult Step)> steps)
    {
        report.Line("### Reply");
        report.Line();
        report.Table(
            ["scenario", "messages", "P50", "P95", "P99", "floor P50", "P95", "P99", "over P50", "over P95", "over P99", "answered P50", "P95", "over P95"],
            steps.Select(pair => (IReadOnlyList<string>)
            [
                Name(pair), Answered(pair.Step),
                .. Three(pair.Step.Product.Arrived), .. Three(pair.Step.Floor.Arrived),
                Comparison.Over(pair.Step.Product.Arrived.P50, pair.Step.Floor.Arrived.P50),
                Comparison.Over(pair.Step.Product.Arrived.P95, pair.Step.Floor.Arrived.P95),
                Comparison.Over(pair.Step.Product.Arrived.P99, pair.Step.Floor.Arrived.P99),
                Comparison.Ms(pair.Step.Product.Answered.P50), Comparison.Ms(pair.Step.Product.Answered.P95),
                Comparison.Over(pair.Step.Product.Answered.P95, pair.Step.Floor.Answered.P95),
            ]));
        report.Line("Answered: until GHL answered that POST. A message that joined a later one's turn counts from its own due time.");
        report.Line();
        report.Line("### Acknowledgement");
        report.Line();
        report.Table(
            ["scenario", "webhooks", "webhooks/s", "P50", "P95", "P99", "max", "bare commit P50", "P99", "over P50", "over P99", "driver late P99"],
            steps.Select(pair => (IReadOnlyList<string>)
            [
                Name(pair), Report.Number(pair.Step.Product.Webhooks), Report.Number(pair.Step.Product.Webhooks / pair.Step.Product.DueSeconds, "0"),
                .. Three(pair.Step.Product.Acknowledged), Comparison.Ms(pair.Step.Product.Acknowledged.Max),
                Comparison.Ms(Commit(pair.Result).P50), Comparison.Ms(Commit(pair.Result).P99),
                Comparison.Over(pair.Step.Product.Acknowledged.P50, Commit(pair.Result).P50), Comparison.Over(pair.Step.Product.Acknowledged.P99, Commit(pair.Result).P99),
                Comparison.Ms(pair.Step.Product.DriverLag.P99),
            ]));
        Floors(report, steps[0].Result);
        Load(report, topology, steps);
    }

    public static string Name((ScenarioResult Result, StepResult Step) pair) => $"{pair.Result.Scenario}: {pair.Step.Name}";

    /// <summary>What was never answered has no latency, and must not look as if it had a good one.</summary>
    private static string Answered(StepResult step) =>
        step.Verdict.Lost == 0 ? Report.Number(step.Product.Messages) : $"{step.Product.Messages} (**{step.Verdict.Lost} without a reply**)";

    private static Measuring.Distribution Commit(ScenarioResult result) =>
        result.StageFloors.FirstOrDefault(floor => floor.Key.Contains("commit", StringComparison.Ordinal)).Value ?? Measuring.Distribution.Empty;

    private static void Floors(Report report, ScenarioResult result)
    {
        report.Line($"Floors of stages, as taken before `{result.Scenario}`, each bare operation by itself at the rate of webhooks:");
        report.Line();
        report.Table(
            ["operation", "P50", "P95", "P99"],
            result.StageFloors.Select(floor => (IReadOnlyList<string>)[floor.Key, .. Three(floor.Value)]));
    }

    private static void Load(Report report, string topology, IReadOnlyList<(ScenarioResult Result, StepResult Step)> steps)
    {
        var points = steps.Where(pair => !pair.Step.Poisson && (pair.Result.Scenario == "ramp" || pair.Result.Scenario.StartsWith("steady", StringComparison.Ordinal)))
            .Select(pair => pair.Step).OrderBy(step => step.Rate).DistinctBy(step => step.Rate).ToList();
        if (points.Count < 2)
        {
            return;
        }
        report.Chart($"{topology}-latency-over-load", "Latency over load", new LineChart
        {
            Title = "Reply at GHL, over load", X = "messages a second", Y = "ms, logarithmic", Logarithmic = true,
            Lines =
            [
                new("product P50", [.. points.Select(step => (step.Rate, step.Product.Arrived.P50))]),
                new("product P95", [.. points.Select(step => (step.Rate, step.Product.Arrived.P95))]),
                new("floor P50", [.. points.Select(step => (step.Rate, step.Floor.Arrived.P50))], Dashed: true),
                new("floor P95", [.. points.Select(step => (step.Rate, step.Floor.Arrived.P95))], Dashed: true),
            ],
        }.ToString());
    }

    private static string[] Three(Measuring.Distribution of) => [Comparison.Ms(of.P50), Comparison.Ms(of.P95), Comparison.Ms(of.P99)];
}
