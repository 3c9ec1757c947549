using System.Globalization;
using System.Text.Json;
using EnterpriseHub.LoadTests.Reports;
using EnterpriseHub.LoadTests.Running;
using EnterpriseHub.LoadTests.Scenarios;

namespace EnterpriseHub.LoadTests;

/// <summary>The driver's commands; <c>run.sh</c> calls them.</summary>
internal static class CommandLine
{
    private const string Usage =
        """
        driver scenarios standalone|five         names of the scenarios that a topology knows, in order
        driver settings SCENARIO                 settings that the product needs for it, one Key=Value a line
        driver run SCENARIO --target FILE --out DIR [--commit TEXT] [--soak hh:mm:ss] [--lasting 1.0]
               writes DIR/<topology>-<scenario>.json; --lasting shortens every window, to try the kit out
        driver report DIR                        makes README.md and the charts from the raw data in DIR
        driver compare DIR                       prints DIR/before-1, after-1, before-2 … side by side
        Exit code: 0 every promise kept, 1 not, 2 wrong arguments.
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        try
        {
            var soak = TimeSpan.Parse(Option(args, "soak") ?? "00:10:00", CultureInfo.InvariantCulture);
            switch (args)
            {
                case ["scenarios", var topology, ..]:
                    await output.WriteLineAsync(string.Join('\n', Catalogue.All(soak).Where(scenario => !scenario.FiveOnly || topology == "five").Select(scenario => scenario.Name)));
                    return 0;
                case ["settings", var name, ..]:
                    await output.WriteAsync(string.Concat(Find(name, soak).Settings.Select(setting => $"{setting.Key}={setting.Value}\n")));
                    return 0;
                case ["run", var name, ..]:
                    return await RunAsync(Find(name, soak), args, output);
                case ["report", var folder]:
                    await ReportFolder.WriteAsync(folder);
                    return 0;
                case ["compare", var folder]:
                    await output.WriteAsync(await BeforeAfter.TableAsync(folder));
                    return 0;
                default:
                    throw new FormatException("No such command.");
            }
        }
        catch (FormatException wrong)
        {
            await errors.WriteLineAsync($"{wrong.Message}\n{Usage}");
            return 2;
        }
    }

    private static async Task<int> RunAsync(Scenario scenario, string[] args, TextWriter output)
    {
        var folder = Option(args, "out") ?? throw new FormatException("--out is missing.");
        var target = Target.Read(Option(args, "target") ?? throw new FormatException("--target is missing."));
        var lasting = double.Parse(Option(args, "lasting") ?? "1", CultureInfo.InvariantCulture);
        var shortened = lasting == 1 ? scenario : scenario with { Steps = [.. scenario.Steps.Select(step => step.Lasting(lasting))] };
        var machine = Machine.Read(Option(args, "commit") ?? "unknown");
        using var runner = new ScenarioRunner(target, shortened, TimeProvider.System);
        var result = await runner.RunAsync(machine, output.WriteLine, CancellationToken.None);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{result.Topology}-{result.Scenario}.json"), JsonSerializer.Serialize(result, ReportFolder.Json) + "\n");
        return result.Clean ? 0 : 1;
    }

    private static Scenario Find(string name, TimeSpan soak) =>
        Catalogue.All(soak).FirstOrDefault(scenario => scenario.Name == name) ?? throw new FormatException($"There is no scenario '{name}'.");

    private static string? Option(string[] args, string name)
    {
        var at = Array.IndexOf(args, "--" + name);
        return at < 0 ? null : at + 1 < args.Length ? args[at + 1] : throw new FormatException($"--{name} needs a value.");
    }
}
