namespace EnterpriseHub.LoadTests.Reports;

/// <summary>Bursts, overload and outages, second by second.</summary>
internal static class CourseSection
{
    public static void Write(Report report, string topology, IReadOnlyList<(ScenarioResult Result, StepResult Step)> steps)
    {
        foreach (var (result, step) in steps.Where(pair => pair.Step.Timeline.Count > 1 && (pair.Step.Events.Count > 0 || pair.Result.Scenario is "burst" or "overload")))
        {
            report.Line($"### {result.Scenario}");
            report.Line();
            report.Line(result.Question);
            report.Line();
            report.Line(step.SecondsToRecover is { } seconds
                ? $"Latency was as before {seconds} s after the end of the disturbance (no later second had a 95th percentile over twice the usual one)."
                : "Latency was not as before until the end of the window.");
            foreach (var done in step.Events)
            {
                report.Line($"- {done}");
            }
            report.Line();
            report.Chart($"{topology}-{result.Scenario}", result.Scenario, new LineChart
            {
                Title = $"{result.Scenario}: {step.Name}", X = "second in which the webhook was due", Y = "ms, logarithmic", Logarithmic = true,
                Lines =
                [
                    new("reply P50", [.. step.Timeline.Select(moment => ((double)moment.Second, moment.ArrivedP50))]),
                    new("reply P95", [.. step.Timeline.Select(moment => ((double)moment.Second, moment.ArrivedP95))]),
                    new("taken P95", [.. step.Timeline.Select(moment => ((double)moment.Second, moment.AcknowledgedP95))], Dashed: true),
                ],
            }.ToString());
        }
    }
}
