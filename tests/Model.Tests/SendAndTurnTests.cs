using System.Globalization;
using EnterpriseHub.Model.Tests.Judging;
using EnterpriseHub.Model.Tests.Running;
using EnterpriseHub.Model.Tests.Scenarios;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace EnterpriseHub.Model.Tests;

/// <summary>
/// The send and turn state machines of the product itself under random interleavings. <c>HUB_MODEL_SEED</c> runs one schedule,
/// <c>HUB_MODEL_MINUTES</c> runs for so long, <c>HUB_MODEL_FIRST</c> says with which seed to begin.
/// </summary>
public sealed class SendAndTurnTests(ITestOutputHelper output)
{
    private const int Schedules = 2_000;

    [Fact]
    public async Task A_lead_is_answered_exactly_once_in_order_and_never_after_a_stop_in_any_schedule()
    {
        var minutes = Number("HUB_MODEL_MINUTES");
        var seed = Number("HUB_MODEL_SEED");
        var first = seed ?? Number("HUB_MODEL_FIRST") ?? 1;
        var runs = await ModelRun.ManyAsync(ScenarioGen.Usual, first, (count, took) =>
            seed is not null ? count < 1 : minutes is { } length ? took < TimeSpan.FromMinutes(length) : count < Schedules);
        Say(runs, first);
        Assert.True(runs.Failure is null, runs.Failure);
    }

    [Fact]
    public async Task What_is_saved_after_the_last_read_is_the_only_way_to_a_second_message()
    {
        var runs = await ModelRun.ManyAsync(ScenarioGen.Residual, 1, (count, _) => count < Schedules / 10);
        Say(runs, 1);
        Assert.True(runs.Failure is null, runs.Failure);
        Assert.Contains(Oracle.LateSave, runs.Residual.Keys);
    }

    [Fact]
    public async Task A_seed_gives_the_same_steps_every_time()
    {
        for (var seed = 1; seed <= 25; seed++)
        {
            var scenario = ScenarioGen.Of(ScenarioGen.Usual, seed);
            var once = (await Run.OfAsync(scenario, traced: true)).Trace;
            var again = (await Run.OfAsync(ScenarioGen.Of(ScenarioGen.Usual, seed), traced: true)).Trace;
            Assert.NotEmpty(once);
            Assert.Equal(once, again);
        }
    }

    private void Say(ManyRuns runs, int first)
    {
        var said = string.Create(CultureInfo.InvariantCulture,
            $"{runs.Schedules} schedules from seed {first}, {runs.Steps} steps, {runs.Seconds:0.0} s; residual: {string.Join(", ", runs.Residual.Select(risk => $"{risk.Key} in {risk.Value}"))}");
        output.WriteLine(said);
        TestContext.Current.SendDiagnosticMessage(said);
    }

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
