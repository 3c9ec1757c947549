namespace EnterpriseHub.LoadTests.Reports;

/// <summary>What must never happen, and what was refused on the way.</summary>
internal static class PromiseSection
{
    public static void Write(Report report, IReadOnlyList<(ScenarioResult Result, StepResult Step)> steps)
    {
        report.Line("### Promises");
        report.Line();
        report.Table(
            ["scenario", "messages", "replies", "lost", "doubled", "out of order", "strangers", "refusals", "taken later P99"],
            steps.Select(pair => (IReadOnlyList<string>)
            [
                LatencySection.Name(pair), Report.Number(pair.Step.Product.Messages), Report.Number(pair.Step.Product.Replies),
                Count(pair.Step.Verdict.Lost), Count(pair.Step.Verdict.Doubled), Count(pair.Step.Verdict.OutOfOrder), Count(pair.Step.Verdict.Strangers),
                pair.Step.Product.Refusals.Count == 0 ? "0" : string.Join(", ", pair.Step.Product.Refusals.Select(refusal => $"{refusal.Value} × {refusal.Key}")),
                pair.Step.Product.TakenLater.Count == 0 ? "–" : Comparison.Ms(pair.Step.Product.TakenLater.P99),
            ]));
        report.Line("Judged from the simulator's ledger. Fewer replies than messages: some joined one turn. Refused webhooks came again until they were taken.");
        report.Line();
        foreach (var (result, step) in steps.Where(pair => !pair.Step.Verdict.Clean))
        {
            report.Line($"- **{result.Scenario}: {step.Name}**: {string.Join("; ", step.Verdict.Examples)}");
        }
    }

    private static string Count(int count) => count == 0 ? "0" : $"**{count}**";
}
