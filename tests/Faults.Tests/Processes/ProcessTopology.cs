using EnterpriseHub.TestKit.Topologies;

namespace EnterpriseHub.Faults.Tests.Processes;

/// <summary>The product as real processes, with the simulated upstreams in a process that no test ends: its ledger is the witness.</summary>
internal abstract class ProcessTopology : Topology
{
    private readonly Uri _simulator = FreeAddress();

    protected ProcessTopology() => Failpoints = new FailpointFolder(Directory.CreateDirectory(Path.Combine(Folder, "failpoints")).FullName);

    /// <summary>Name in reports.</summary>
    public abstract string Name { get; }

    /// <summary>Logs and data.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("hub-faults-").FullName;

    /// <summary>Arms the points of the crash matrix.</summary>
    public FailpointFolder Failpoints { get; }

    /// <summary>Everything that runs, the simulator first.</summary>
    public IReadOnlyList<ServiceProcess> Processes { get; private set; } = [];

    /// <summary>The simulated upstreams.</summary>
    public ServiceProcess Simulator => Processes[0];

    /// <summary>Rows that tell what the product still has to do.</summary>
    public abstract OpenWork Work { get; }

    /// <summary>The process with that name.</summary>
    public ServiceProcess this[string name] => Processes.First(process => process.Name == name);

    /// <inheritdoc />
    public override async Task StartAsync()
    {
        Processes = [MakeSimulator(), .. Make()];
        await Simulator.StartAsync();
        foreach (var process in Processes.Skip(1))
        {
            process.Launch();
        }
        await Task.WhenAll(Processes.Skip(1).Select(process => process.ReadyAsync()));
    }

    /// <summary>Starts again whatever has ended.</summary>
    /// <returns>Names of the processes that had ended.</returns>
    public async Task<IReadOnlyList<string>> ReviveAsync()
    {
        var dead = Processes.Where(process => process.Died).ToList();
        foreach (var process in dead)
        {
            await process.StartAsync();
        }
        return [.. dead.Select(process => process.Name)];
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        foreach (var process in Processes)
        {
            await process.DisposeAsync();
        }
        if (Environment.GetEnvironmentVariable("HUB_FAULTS_KEEP") is null)
        {
            Directory.Delete(Folder, recursive: true);
        }
        await base.DisposeAsync();
    }

    /// <summary>The product's own processes.</summary>
    protected abstract IEnumerable<ServiceProcess> Make();

    /// <summary>A free loopback address.</summary>
    protected static Uri FreeAddress() => new($"http://127.0.0.1:{FreePort()}");

    /// <summary>Where the simulated upstreams will listen.</summary>
    public Uri SimulatorAddress => _simulator;

    /// <summary>Settings that stand over all others, e.g. the way to a server through a proxy.</summary>
    public Dictionary<string, string> Overrides { get; } = [];

    /// <summary>Settings of every process: no promise is switched off, only waits are shorter.</summary>
    protected Dictionary<string, string> Common(IReadOnlyDictionary<string, string>? more = null)
    {
        var settings = new Dictionary<string, string>(FaultSettings.ShortWaits, StringComparer.Ordinal)
        {
            ["HUB_FAILPOINTS"] = Failpoints.Folder,
            ["Ghl__WebhookKeys__Ed25519__0"] = Key.PublicKey,
            ["Admin__ApiKey"] = AdminKey,
            ["Security__MasterKey"] = FaultSettings.MasterKey,
            ["Ghl__ClientId"] = "fault-app", ["Ghl__ClientSecret"] = "fault-app-secret-4711", ["Ghl__RedirectUrl"] = "http://127.0.0.1/oauth/callback",
            ["Ghl__BaseUrl"] = new Uri(SimulatorAddress, "/sim/ghl").ToString(), ["Ghl__AuthorizeUrl"] = new Uri(SimulatorAddress, "/sim/ghl/oauth/chooselocation").ToString(),
            ["Claude__BaseUrl"] = new Uri(SimulatorAddress, "/sim/claude").ToString(),
        };
        foreach (var (key, value) in (more ?? new Dictionary<string, string>()).Concat(Overrides))
        {
            settings[key] = value;
        }
        return settings;
    }

    private ServiceProcess MakeSimulator() => new("simulator", "simulator", "EnterpriseHub.Simulator", _simulator, Folder)
    {
        Settings = Common(new Dictionary<string, string>
        {
            ["Bus__Transport"] = "InMemory", ["Store__Provider"] = "Sqlite", ["Store__Directory"] = Path.Combine(Folder, "simulator"),
            ["Cache__Provider"] = "Memory", ["Simulator__WebhookKeyFile"] = Path.Combine(Folder, "simulator.key"), ["Simulator__Leads__Enabled"] = "false",
        }),
    };
}
