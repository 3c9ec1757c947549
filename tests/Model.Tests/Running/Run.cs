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

    public static RunResult Of(Scenario scenario, bool traced = false)
    {
        var context = SynchronizationContext.Current;
        // With one, what is awaited without it would go on elsewhere.
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return OnThisThread(scenario, traced);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private static RunResult OnThisThread(Scenario scenario, bool traced)
    {
        using var world = new World(scenario, traced);
        var random = new Random(scenario.Picks);
        var faults = new Faults(world, random);
        var picks = new Picks(world, random);
        try
        {
            Interleave(world, faults, picks);
            ComeToRest(world, faults, picks);
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
    private static void Interleave(World world, Faults faults, Picks picks)
    {
        var most = 150 + (80 * world.Scenario.Inputs.Count);
        while (world.Loop.Step < most && world.Findings.Count == 0)
        {
            faults.Apply(idle: false);
            picks.Any();
            world.Bus.Collect();
        }
    }

    /// <summary>Time passes only while nothing else can happen, until nothing is left to do.</summary>
    private static void ComeToRest(World world, Faults faults, Picks picks)
    {
        var swept = false;
        for (var waits = 0; world.Findings.Count == 0;)
        {
            faults.Apply(idle: false);
            if (picks.Ready())
            {
                swept = false;
            }
            else if (!swept)
            {
                faults.Apply(idle: true);
                picks.SweepAll();
                // One round of sweeps for each moment: what they find is done in Ready, and looked for again after the next wait.
                while (picks.Ready())
                {
                    world.Bus.Collect();
                    faults.Apply(idle: false);
                }
                swept = true;
            }
            else if (world.Loop.Running == 0 && world.Bus.IsEmpty && world.Leads.IsQuiet && world.Ghl.Work.Count == 0 && Rows.Open(world.Store).Length == 0)
            {
                return;
            }
            else if (world.Loop.Step > MostSteps || ++waits > MostWaits || !picks.Await(faults))
            {
                throw new InvalidOperationException(
                    $"It does not come to rest: {Rows.Open(world.Store)}; {world.Loop.Running} operations run, bus {(world.Bus.IsEmpty ? "" : "not ")}empty.");
            }
            else
            {
                swept = false;
            }
            world.Bus.Collect();
        }
    }
}
