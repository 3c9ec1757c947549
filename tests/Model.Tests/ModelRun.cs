using System.Diagnostics;
using EnterpriseHub.Model.Tests.Running;
using EnterpriseHub.Model.Tests.Scenarios;
using FsCheck;

namespace EnterpriseHub.Model.Tests;

/// <summary>What many schedules came to.</summary>
internal sealed record ManyRuns(int Schedules, long Steps, double Seconds, IReadOnlyDictionary<string, int> Residual, string? Failure);

/// <summary>Runs schedules by seed; shrinks and tells the first that breaks a promise.</summary>
internal static class ModelRun
{
    private const int MostShrinks = 400;
    private const int TraceLines = 400;

    /// <summary>Runs seeds from <paramref name="first"/> on while <paramref name="more"/> says so.</summary>
    public static async Task<ManyRuns> ManyAsync(Gen<Scenario> gen, int first, Func<int, TimeSpan, bool> more)
    {
        var watch = Stopwatch.StartNew();
        var residual = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var steps = 0L;
        var count = 0;
        for (; more(count, watch.Elapsed); count++)
        {
            var scenario = ScenarioGen.Of(gen, first + count);
            var result = await Run.OfAsync(scenario);
            steps += result.Steps;
            foreach (var risk in result.Residual.Distinct())
            {
                residual[risk] = residual.GetValueOrDefault(risk) + 1;
            }
            if (result.Findings.Count > 0)
            {
                return new ManyRuns(count + 1, steps, watch.Elapsed.TotalSeconds, residual, await TellAsync(first + count, scenario, result));
            }
        }
        return new ManyRuns(count, steps, watch.Elapsed.TotalSeconds, residual, null);
    }

    private static async Task<string> TellAsync(int seed, Scenario scenario, RunResult result)
    {
        var small = await ShrinkAsync(scenario);
        var told = await Run.OfAsync(small, traced: true);
        return $"""
            HUB_MODEL_SEED={seed} breaks a promise:
            {string.Join(Environment.NewLine, result.Findings)}
            Scenario: {scenario}
            Shrunk: {small}
            Which then breaks:
            {string.Join(Environment.NewLine, told.Findings)}
            Its last {TraceLines} of {told.Trace.Count} steps:
            {string.Join(Environment.NewLine, told.Trace.TakeLast(TraceLines))}
            """;
    }

    private static async Task<Scenario> ShrinkAsync(Scenario scenario)
    {
        for (var (tries, shrinks) = (0, true); shrinks;)
        {
            shrinks = false;
            foreach (var simpler in ScenarioShrinker.Simpler(scenario))
            {
                if (tries++ < MostShrinks && (await Run.OfAsync(simpler)).Findings.Count > 0)
                {
                    (scenario, shrinks) = (simpler, true);
                    break;
                }
            }
        }
        return scenario;
    }
}
