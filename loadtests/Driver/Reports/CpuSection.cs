namespace EnterpriseHub.LoadTests.Reports;

/// <summary>CPU for one message, by program.</summary>
internal static class CpuSection
{
    private static readonly string[] NotTheProduct = ["driver", "simulator", "others"];

    public static void Write(Report report, string topology, IReadOnlyList<(ScenarioResult Result, StepResult Step)> steps)
    {
        var programs = steps.SelectMany(pair => pair.Step.Product.CpuMsPerTurn.Keys).Distinct().OrderBy(name => Array.IndexOf(NotTheProduct, name)).ToList();
        report.Line("### CPU, ms for one message");
        report.Line();
        report.Table(
            ["scenario", "product", .. programs, "floor: driver", "floor: simulator"],
            steps.Select(pair => (IReadOnlyList<string>)
            [
                LatencySection.Name(pair),
                Report.Number(ProductOf(pair.Step), "0.0"),
                .. programs.Select(program => Of(pair.Step.Product, program)),
                Of(pair.Step.Floor, "driver"), Of(pair.Step.Floor, "simulator"),
            ]));
        report.Line("Product: all programs and servers but the driver, the simulator and whatever else the machine did (*others*: kernel threads, strangers). Idle work counts in, so low rates cost more for one message.");
        report.Line();
        var steady = steps.Where(pair => pair.Result.Scenario.StartsWith("steady", StringComparison.Ordinal)).ToList();
        if (steady.Count > 0)
        {
            report.Chart($"{topology}-cpu", "CPU for one message", new BarChart
            {
                Title = "CPU for one message", X = "ms of CPU",
                Bars =
                [
                    .. steady.Select(pair => (pair.Step.Name, (IReadOnlyList<Segment>)[.. programs.Where(pair.Step.Product.CpuMsPerTurn.ContainsKey).Select(program => new Segment(program, pair.Step.Product.CpuMsPerTurn[program]))])),
                    ("floor", [.. new[] { "driver", "simulator" }.Select(program => new Segment(program, steady[^1].Step.Floor.CpuMsPerTurn.GetValueOrDefault(program)))]),
                ],
            }.ToString());
        }
    }

    /// <summary>CPU ms for one message of all that is the product: its programs and its servers.</summary>
    public static double ProductOf(StepResult step) =>
        step.Product.CpuMsPerTurn.Where(program => !NotTheProduct.Contains(program.Key)).Sum(program => program.Value);

    private static string Of(SideResult side, string program) => side.CpuMsPerTurn.TryGetValue(program, out var ms) ? Report.Number(ms, "0.00") : "–";
}
