using EnterpriseHub.Model.Tests.Processes;

namespace EnterpriseHub.Model.Tests.Running;

/// <summary>Picks what happens next.</summary>
internal sealed class Picks(World world, Random random)
{
    private static readonly int[] Leaps = [5, 5, 5, 50, 50, 50, 300, 300, 1_000, 1_000, 2_100, 2_100, 6_000, 6_000, 31_000, 31_000, 61_000, 200_000];

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    private string _last = "";
    private TimeSpan _patience = Least;

    /// <summary>One step of any kind.</summary>
    public void Any()
    {
        var dice = random.Next(100);
        if (dice < world.Scenario.Hurry)
        {
            Advance(TimeSpan.FromMilliseconds(Leaps[random.Next(Leaps.Length)]));
        }
        else if (dice >= 94 && world.Running.ToList() is { Count: > 0 } running)
        {
            var node = running[random.Next(running.Count)];
            node.StartSweep(node.Role.Sweeps[random.Next(node.Role.Sweeps.Count)]);
        }
        else if ((dice >= 90 || !Ready()) && !world.Leads.AllWritten)
        {
            world.Leads.WriteNext();
        }
        else if (!Ready())
        {
            Advance(TimeSpan.FromMilliseconds(Leaps[random.Next(Leaps.Length)]));
        }
    }

    /// <summary>One step that needs no time to pass.</summary>
    /// <returns>False when there is none.</returns>
    public bool Ready()
    {
        var waits = world.Loop.Ready();
        if (waits.Count > 0 && random.Next(100) < world.Scenario.Sticky && waits.Find(wait => wait.Operation == _last) is { } same)
        {
            world.Loop.Complete(same);
            return true;
        }
        var work = world.Ghl.Work.FindAll(item => item.NotBefore <= world.Clock.Elapsed);
        var hooks = Node(Role.Gateway) is null ? [] : world.Leads.Hooks.FindAll(hook => hook.NotBefore <= world.Clock.Elapsed);
        var parcels = world.Bus.Waiting.FindAll(parcel => Node(RoleOf(parcel)) is not null);
        var pick = random.Next(Math.Max(1, waits.Count + work.Count + hooks.Count + parcels.Count));
        if (pick < waits.Count)
        {
            _last = waits[pick].Operation;
            world.Loop.Complete(waits[pick]);
        }
        else if ((pick -= waits.Count) < work.Count)
        {
            Do(work[pick]);
        }
        else if ((pick -= work.Count) < hooks.Count)
        {
            world.Leads.Deliver(hooks[pick], Node(Role.Gateway)!);
        }
        else if ((pick -= hooks.Count) < parcels.Count)
        {
            world.Bus.Deliver(parcels[pick], Node(RoleOf(parcels[pick]))!, again: random.Next(100) < world.Scenario.Twice);
        }
        else
        {
            return false;
        }
        return true;
    }

    public void SweepAll()
    {
        foreach (var role in (Role[])[Role.Gateway, Role.Orchestrator])
        {
            if (Node(role) is { } node)
            {
                foreach (var sweep in role.Sweeps)
                {
                    node.StartSweep(sweep);
                }
            }
        }
    }

    /// <summary>Lets the time pass to the next moment at which something can happen.</summary>
    /// <returns>False when there is no such moment.</returns>
    public bool Await(Faults faults)
    {
        if (!world.Leads.AllWritten)
        {
            world.Leads.WriteNext();
            return true;
        }
        var now = world.Clock.Elapsed;
        TimeSpan? due = Rows.NextDue(world.Store) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) - (world.Clock.Now - now) : null;
        List<TimeSpan?> moments =
        [
            world.Clock.NextTimer(), faults.NextThaw, due,
            .. world.Leads.Hooks.Select(hook => (TimeSpan?)hook.NotBefore), .. world.Ghl.Work.Select(item => (TimeSpan?)item.NotBefore),
        ];
        if (moments.Min() is not { } next)
        {
            return false;
        }
        // A sweep may be late. Where the work waits for other work, looking for it at every moment would only take steps.
        _patience = _patience < Most ? _patience * 2 : Most;
        Advance(next - now < _patience ? _patience : next - now + TimeSpan.FromMilliseconds(1));
        return true;
    }

    private void Advance(TimeSpan by)
    {
        // GHL is not slower than it is said to be.
        foreach (var late in world.Ghl.Work.Where(item => item.Latest < world.Clock.Elapsed + by).ToList())
        {
            Do(late);
        }
        world.Loop.Note($"clock  + {by.TotalSeconds} s");
        world.Clock.Advance(by);
    }

    private void Do(Ports.GhlWork item)
    {
        world.Ghl.Work.Remove(item);
        world.Loop.Note($"ghl    {item.Name}");
        item.Run();
    }

    private static Role RoleOf(Parcel parcel) => Role.Gateway.Consumers.Contains(parcel.To) ? Role.Gateway : Role.Orchestrator;

    private Node? Node(Role role)
    {
        var running = world.Running.Where(node => node.Role == role).ToList();
        return running.Count == 0 ? null : running[random.Next(running.Count)];
    }
}
