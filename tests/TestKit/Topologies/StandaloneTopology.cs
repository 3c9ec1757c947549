using EnterpriseHub.AiOrchestrator;
using EnterpriseHub.Analytics;
using EnterpriseHub.Cache;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Scoring;
using EnterpriseHub.Simulator;
using EnterpriseHub.WebhookGateway;
using Microsoft.AspNetCore.Builder;

namespace EnterpriseHub.TestKit.Topologies;

/// <summary>All modules in one process with embedded backends: the line of <c>standalone</c>'s Program.cs on a free port.</summary>
public sealed class StandaloneTopology : Topology
{
    private readonly string _data = Directory.CreateTempSubdirectory("hub-flow-").FullName;
    private readonly Uri _address = new($"http://127.0.0.1:{FreePort()}");
    private WebApplication? _app;

    /// <summary>Further settings, <c>--Section:Key=value</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Where the embedded store's files lie.</summary>
    public string Data => _data;

    /// <inheritdoc />
    public override IReadOnlyList<(Uri Address, IServiceProvider Services)> Hosts => [(_address, _app!.Services)];

    /// <summary>Further modules in the same process, a test's own.</summary>
    public IReadOnlyList<IServiceModule> Modules { get; init; } = [];

    /// <inheritdoc />
    public override Uri For(string path) => _address;

    /// <inheritdoc />
    public override async Task StartAsync()
    {
        _app = ServiceHost.Build(
            [.. Embedded(), .. ShortWaits, .. Settings],
            [new WebhookGatewayModule(), new AiOrchestratorModule(), new CacheModule(), new ScoringModule(), new AnalyticsModule(), new SimulatorModule(), .. Modules]);
        await _app.StartAsync();
    }

    /// <summary>Stops the process's host and starts another over the same files.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>Stops the host; the files stay.</summary>
    public async Task StopAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await StopAsync();
        }
        Directory.Delete(_data, recursive: true);
        await base.DisposeAsync();
    }

    private string[] Embedded() =>
    [
        $"--Urls={_address}", "--Bus:Transport=InMemory", "--Store:Provider=Sqlite", $"--Store:Directory={_data}", "--Cache:Provider=Memory",
        "--Ghl:BaseUrl=/sim/ghl", "--Claude:BaseUrl=/sim/claude", "--Claude:ApiKey=sim", $"--Ghl:WebhookKeys:Ed25519:0={Key.PublicKey}",
        $"--Admin:ApiKey={AdminKey}", "--Admin:GenerateKey=false", $"--Security:MasterKey={Convert.ToBase64String(new byte[32])}", $"--Simulator:WebhookKeyFile={Path.Combine(_data, "simulator.key")}",
        "--Simulator:Leads:Enabled=false", "--RateLimit:PerMinute=100000",
    ];
}
