using EnterpriseHub.Model.Tests.Ports;
using EnterpriseHub.Model.Tests.Processes;
using EnterpriseHub.Model.Tests.Scenarios;
using EnterpriseHub.Model.Tests.Scheduling;

namespace EnterpriseHub.Model.Tests.Running;

/// <summary>Two gateways and two orchestrators on one store, a GHL, a model, a bus, and the people who write.</summary>
internal sealed class World : IDisposable
{
    private readonly ModelClaude _claude;
    private readonly int[] _starts = new int[4];

    public World(Scenario scenario, bool traced)
    {
        Scenario = scenario;
        Clock = new WorldClock();
        Loop = new Loop(Clock, traced);
        Store = new ModelStore(Clock);
        Store.CopyFrom(Template.Of(scenario.Settles));
        // After the template, which takes some when it is made.
        TurnIds.StartOver();
        Ghl = new ModelGhl(Loop, scenario) { ConversationOf = ConversationOf };
        _claude = new ModelClaude(scenario.ClaudeFailures);
        Bus = new Bus(Loop, Store, scenario);
        Leads = new Leads(Loop, scenario, Ghl);
        for (var slot = 0; slot < 4; slot++)
        {
            Restart(slot);
        }
    }

    public Scenario Scenario { get; }

    public WorldClock Clock { get; }

    public Loop Loop { get; }

    public ModelStore Store { get; }

    public ModelGhl Ghl { get; }

    public Bus Bus { get; }

    public Leads Leads { get; }

    /// <summary>What no process should do.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>Two gateways, then two orchestrators; null: not running.</summary>
    public Node?[] Nodes { get; } = new Node?[4];

    public IEnumerable<Node> Running => Nodes.OfType<Node>().Where(node => node.Process.Runs);

    public void Restart(int slot)
    {
        var role = slot < 2 ? Role.Gateway : Role.Orchestrator;
        var process = new Process($"{role.Name}{slot % 2}.{_starts[slot]++}");
        var (store, clock) = (new ProcessStore(Store, Loop, process), Clock.Of(process));
        var services = role == Role.Gateway
            ? Composition.GatewayOf(store, clock, Ghl.WayOf(process))
            : Composition.OrchestratorOf(store, clock, _claude.WayOf(Loop, process));
        Nodes[slot] = new Node(Loop, process, role, services, Findings);
        Loop.Note($"{process,-6} starts");
    }

    public void Crash(Node node)
    {
        Loop.Note($"{node.Process,-6} dies");
        Nodes[Array.IndexOf(Nodes, node)] = null;
        node.Crash();
        Bus.Requeue(node);
        Leads.Requeue(node);
    }

    public void Dispose() => Store.Dispose();

    private string ConversationOf(string turnId) => Rows.ConversationOf(Store, turnId);
}
