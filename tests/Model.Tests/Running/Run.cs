using EnterpriseHub.Model.Tests.Judging;
using EnterpriseHub.Model.Tests.Scenarios;

namespace EnterpriseHub.Model.Tests.Running;

/// <summary>How a run came out.</summary>
/// <param name="Findings">What broke a promise; empty: nothing did.</param>
/// <param name="Residual">Residual risks that came about, by name; they are stated in the documents.</param>
/// <param name="Steps">Picks that it took.</param>
/// <param name="Trace">Every step, when it was asked for.</param>
internal sealed record RunResult(IReadOnlyList<string> Findings, IReadOnlyList<string> Residual, int Steps, IReadOnlyList<string> Trace);

/// <summary>One scenario in one order, from the first message to rest.</summary>
internal static class Run
{
    private const int MostSteps = 8_000;
    private const int MostWaits = 600;

    /// <summary>Runs on the pool's one thread, where no test runner's context or scheduler is current.</summary>
    public static Task<RunResult> OfAsync(Scenario scenario, bool traced = false) => Task.Run(() => OnThePoolAsync(scenario, traced));

    private static async Task<RunResult> OnThePoolAsync(Scenario scenario, bool traced)
    {
        using var world = new World(scenario, traced);
        var random = new Random(scenario.Picks);
        var faults = new Faults(world, random);
        var picks = new Picks(world, random);
        try
        {
            await InterleaveAsync(world, faults, picks);
            await ComeToRestAsync(world, faults, picks);
        }
        catch (InvalidOperationException broken)
        {
            world.Findings.Add(broken.Message);
        }
        var oracle = new Oracle(world);
        oracle.Judge();
        return new RunResult(world.Findings, oracle.Residual, world.Loop.Step, world.Loop.Trace);
    }

    /// <summary>Anything may happen at any time.</summary>
    private static async Task InterleaveAsync(World world, Faults faults, Picks picks)
    {
        var most = 150 + (80 * world.Scenario.Inputs.Count);
        while (world.Loop.Step < most && world.Findings.Count == 0 && !IsQuiet(world))
        {
            picks.Any();
            await SettleAsync(world, faults);
        }
    }

    /// <summary>Time passes only while nothing else can happen, until nothing is left to do.</summary>
    private static async Task ComeToRestAsync(World world, Faults faults, Picks picks)
    {
        for (var waits = 0; world.Findings.Count == 0; waits++)
        {
            await FinishAsync(world, faults, picks);
            faults.Apply(idle: true);
            picks.SweepAll();
            await FinishAsync(world, faults, picks);
            if (IsAtRest(world))
            {
                return;
            }
            if (world.Loop.Step > MostSteps || waits > MostWaits || (!faults.AnyDown && !picks.Await(faults)))
            {
                throw new InvalidOperationException(
                    $"It does not come to rest: {Rows.Open(world.Store)}; {world.Loop.Running} operations run, the bus is {(world.Bus.IsEmpty ? "" : "not ")}empty.");
            }
        }
    }

    private static async Task FinishAsync(World world, Faults faults, Picks picks)
    {
        do
        {
            await SettleAsync(world, faults);
        }
        while (world.Findings.Count == 0 && picks.Ready());
    }

    private static async Task SettleAsync(World world, Faults faults)
    {
        await world.Loop.SettleAsync();
        faults.Apply(idle: false);
        await world.Loop.SettleAsync();
        world.Bus.Collect();
    }

    private static bool IsQuiet(World world) =>
        world.Loop.Running == 0 && world.Bus.IsEmpty && world.Leads.IsQuiet && world.Ghl.Work.Count == 0;

    private static bool IsAtRest(World world) => IsQuiet(world) && Rows.Open(world.Store).Length == 0;
}
