using EnterpriseHub.TestKit.Topologies;

namespace EnterpriseHub.Faults.Tests.Processes;

/// <summary>The five services as processes over real servers.</summary>
internal sealed class FiveProcesses(BackendSettings backends) : ProcessTopology
{
    private static readonly Dictionary<string, string> Programs = new()
    {
        ["webhook-gateway"] = "EnterpriseHub.WebhookGateway",
        ["ai-orchestrator"] = "EnterpriseHub.AiOrchestrator",
        ["cache"] = "EnterpriseHub.Cache",
        ["scoring"] = "EnterpriseHub.Scoring",
        ["analytics"] = "EnterpriseHub.Analytics",
    };

    /// <inheritdoc />
    public override string Name => "five services";

    /// <inheritdoc />
    public override OpenWork Work => new PostgresWork(backends.Store);

    /// <summary>Settings of one process besides those of all, by its name.</summary>
    public Dictionary<string, Dictionary<string, string>> Own { get; } = [];

    /// <summary>Further instances, e.g. <c>webhook-gateway-2</c>.</summary>
    public IReadOnlyList<string> Second { get; init; } = [];

    /// <inheritdoc />
    public override Uri For(string path) => this[FrontDoor.OwnerOf(path)].Address;

    /// <summary>A process of one service.</summary>
    private ServiceProcess Make(string name, string? binaries)
    {
        var service = Programs.Keys.First(name.StartsWith);
        var settings = Common(backends.AsEnvironment());
        foreach (var (key, value) in Own.GetValueOrDefault(name) ?? [])
        {
            settings[key] = value;
        }
        var process = new ServiceProcess(name, service, Programs[service], FreeAddress(), Folder) { Settings = settings };
        return binaries is null ? process : process.From(binaries);
    }

    /// <summary>Folders of built programs by the name of the process, where it is another version of the product.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc />
    protected override IEnumerable<ServiceProcess> Make() => Programs.Keys.Concat(Second).Select(name => Make(name, Versions.GetValueOrDefault(name)));
}

/// <summary>Where the services find bus, store and cache.</summary>
/// <param name="Bus">amqp address.</param>
/// <param name="Store">PostgreSQL connection string.</param>
/// <param name="Cache">Redis configuration text.</param>
internal sealed record BackendSettings(string Bus, string Store, string Cache)
{
    public Dictionary<string, string> AsEnvironment() => new()
    {
        ["Bus__Transport"] = "RabbitMq", ["Bus__RabbitMq"] = Bus,
        ["Store__Provider"] = "Postgres", ["Store__ConnectionString"] = Store,
        ["Cache__Provider"] = "Redis", ["Cache__Redis"] = Cache,
    };
}
