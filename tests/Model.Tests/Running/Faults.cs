using EnterpriseHub.Model.Tests.Processes;
using EnterpriseHub.Model.Tests.Scenarios;
using EnterpriseHub.Model.Tests.Scheduling;

namespace EnterpriseHub.Model.Tests.Running;

/// <summary>Strikes the process that comes to a port call which a fault is aimed at; between two steps, never within one.</summary>
internal sealed class Faults
{
    private readonly World _world;
    private readonly Random _random;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Queue<(Fault Fault, Process Owner)> _struck = new();
    private readonly Dictionary<int, int> _restarts = [];

    public Faults(World world, Random random)
    {
        (_world, _random) = (world, random);
        world.Loop.Registered += Look;
    }

    /// <summary>When the next frozen process goes on; null: none is frozen.</summary>
    public TimeSpan? NextThaw => _world.Nodes.Min(node => node?.Process.FrozenUntil);

    /// <summary>A process that died has not been started again yet.</summary>
    public bool AnyDown => _restarts.Count > 0;

    public void Apply(bool idle)
    {
        while (_struck.TryDequeue(out var struck))
        {
            if (_world.Running.FirstOrDefault(node => node.Process == struck.Owner) is { } node)
            {
                Strike(struck.Fault, node);
            }
        }
        foreach (var node in _world.Nodes.OfType<Node>().Where(node => node.Process.FrozenUntil <= _world.Clock.Elapsed).ToList())
        {
            _world.Loop.Note($"{node.Process,-6} goes on");
            node.Process.FrozenUntil = null;
            _world.Clock.FireOverdue();
        }
        foreach (var slot in _restarts.Where(restart => idle || restart.Value <= _world.Loop.Step).Select(restart => restart.Key).ToList())
        {
            _restarts.Remove(slot);
            _world.Restart(slot);
        }
    }

    private void Strike(Fault fault, Node node)
    {
        switch (fault.Kind)
        {
            case FaultKind.Crash:
                _restarts[Array.IndexOf(_world.Nodes, node)] = _world.Loop.Step + _random.Next(1, 80);
                _world.Crash(node);
                break;
            case FaultKind.Freeze:
                _world.Loop.Note($"{node.Process,-6} stands still for {fault.Seconds} s");
                node.Process.FrozenUntil = _world.Clock.Elapsed + TimeSpan.FromSeconds(fault.Seconds);
                break;
            default:
                _world.Loop.Note($"{node.Process,-6} has its clock off by {fault.Seconds} s");
                node.Process.Skew = TimeSpan.FromSeconds(fault.Seconds);
                break;
        }
    }

    private void Look(Wait wait)
    {
        var count = _counts[wait.What] = _counts.GetValueOrDefault(wait.What) + 1;
        foreach (var fault in _world.Scenario.Faults.Where(fault => fault.At == wait.What && fault.Nth == count))
        {
            _struck.Enqueue((fault, wait.Owner));
        }
    }
}
