using System.Text.Json;

namespace EnterpriseHub.LoadTests.Reports;

/// <summary>Two builds under the same load in turn: <c>before-1</c>, <c>after-1</c>, <c>before-2</c> … each a folder of raw data.</summary>
internal static class BeforeAfter
{
    private static readonly string[] Sides = ["before", "after"];

    /// <summary>A line a side and step: the median over the rounds, and in brackets the lowest and highest round.</summary>
    /// <exception cref="FormatException">The folder has no rounds.</exception>
    public static async Task<string> TableAsync(string folder)
    {
        var rounds = Sides.ToDictionary(side => side, _ => new List<ScenarioResult>());
        foreach (var side in Sides)
        {
            foreach (var file in Directory.EnumerateDirectories(folder, $"{side}-*").SelectMany(round => Directory.EnumerateFiles(round, "*.json")))
            {
                rounds[side].Add(JsonSerializer.Deserialize<ScenarioResult>(await File.ReadAllTextAsync(file), ReportFolder.Json)!);
            }
        }
        return rounds.Values.All(results => results.Count > 0) ? Table(rounds["before"], rounds["after"]) : throw new FormatException($"{folder} has no rounds of both sides.");
    }

    public static string Table(IReadOnlyList<ScenarioResult> before, IReadOnlyList<ScenarioResult> after)
    {
        var programs = before.Concat(after).SelectMany(Steps).SelectMany(pair => pair.Step.Product.CpuMsPerTurn.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        var text = new List<string>
        {
            $"| what | side | rounds | over floor P50 | P95 | P99 | ack P50 | P99 | product's CPU, ms a message | {string.Join(" | ", programs)} | broken |",
            $"| --- | --- |{string.Concat(Enumerable.Repeat(" ---: |", programs.Count + 8))}",
        };
        foreach (var step in before.SelectMany(Steps).Select(pair => pair.Name).Distinct(StringComparer.Ordinal))
        {
            text.Add(Row(step, "before", before, programs));
            text.Add(Row(step, "after", after, programs));
        }
        return string.Join('\n', text) + "\n";
    }

    private static string Row(string name, string side, IReadOnlyList<ScenarioResult> results, IReadOnlyList<string> programs)
    {
        var steps = results.SelectMany(Steps).Where(pair => pair.Name == name).Select(pair => pair.Step).ToList();
        string[] cells =
        [
            name, side, Report.Number(steps.Count),
            Spread(steps, step => step.Product.Arrived.P50 - step.Floor.Arrived.P50),
            Spread(steps, step => step.Product.Arrived.P95 - step.Floor.Arrived.P95),
            Spread(steps, step => step.Product.Arrived.P99 - step.Floor.Arrived.P99),
            Spread(steps, step => step.Product.Acknowledged.P50),
            Spread(steps, step => step.Product.Acknowledged.P99),
            Spread(steps, CpuSection.ProductOf),
            .. programs.Select(program => Report.Number(Median(steps, step => step.Product.CpuMsPerTurn.GetValueOrDefault(program)), "0.00")),
            Report.Number(steps.Count(step => !step.Verdict.Clean)),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static IEnumerable<(string Name, StepResult Step)> Steps(ScenarioResult result) =>
        result.Steps.Select(step => ($"{result.Topology}, {result.Scenario}: {step.Name}", step));

    private static string Spread(IReadOnlyList<StepResult> steps, Func<StepResult, double> figure) => steps.Count == 0
        ? "–"
        : $"{Comparison.Ms(Median(steps, figure))} ({Comparison.Ms(steps.Min(figure))}–{Comparison.Ms(steps.Max(figure))})";

    private static double Median(IReadOnlyList<StepResult> steps, Func<StepResult, double> figure)
    {
        var figures = steps.Select(figure).Order().ToList();
        return figures.Count == 0 ? double.NaN : (figures[(figures.Count - 1) / 2] + figures[figures.Count / 2]) / 2;
    }
}
