using EnterpriseHub.AiOrchestrator;
using EnterpriseHub.Analytics;
using EnterpriseHub.Cache;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Scoring;
using EnterpriseHub.Simulator;
using EnterpriseHub.TestKit.Backends;
using EnterpriseHub.WebhookGateway;
using Microsoft.AspNetCore.Builder;

namespace EnterpriseHub.TestKit.Topologies;

/// <summary>Five services and the simulator, each with its own host and port, over real RabbitMQ, PostgreSQL and Redis.</summary>
public sealed class FiveServicesTopology : Topology
{
    private readonly FreshBackends _backends = new();
    private readonly List<WebApplication> _apps = [];
    private readonly Dictionary<string, Uri> _addresses;
    private readonly IReadOnlyList<IServiceModule> _modules;

    /// <summary>Takes a free port for each service.</summary>
    public FiveServicesTopology()
    {
        _modules = [new SimulatorModule(), new WebhookGatewayModule(), new AiOrchestratorModule(), new CacheModule(), new ScoringModule(), new AnalyticsModule()];
        _addresses = _modules.ToDictionary(module => module.Name, _ => new Uri($"http://127.0.0.1:{FreePort()}"), StringComparer.Ordinal);
    }

    /// <summary>The private servers of this topology.</summary>
    public FreshBackends Backends => _backends;

    /// <inheritdoc />
    public override Uri For(string path) => _addresses[FrontDoor.OwnerOf(path)];

    /// <inheritdoc />
    public override async Task StartAsync()
    {
        await _backends.InitializeAsync();
        if (_backends.Missing is not null)
        {
            // Said by Require() in each test; a fixture may not skip.
            return;
        }
        foreach (var module in _modules)
        {
            var app = ServiceHost.Build([.. Settings(module), .. ShortWaits], module);
            _apps.Add(app);
            await app.StartAsync();
        }
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        foreach (var app in Enumerable.Reverse(_apps))
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
        await _backends.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <inheritdoc />
    public override IReadOnlyList<(Uri Address, IServiceProvider Services)> Hosts =>
        [.. _modules.Zip(_apps, (module, app) => (_addresses[module.Name], app.Services))];

    private string[] Settings(IServiceModule module) =>
    [
        $"--Urls={_addresses[module.Name]}", .. _backends.Settings,
        $"--Ghl:BaseUrl={new Uri(_addresses["simulator"], "/sim/ghl")}", $"--Ghl:WebhookKeys:Ed25519:0={Key.PublicKey}",
        $"--Claude:BaseUrl={new Uri(_addresses["simulator"], "/sim/claude")}", "--Claude:ApiKey=sim",
        $"--Admin:ApiKey={AdminKey}", $"--Security:MasterKey={Convert.ToBase64String(new byte[32])}", "--RateLimit:PerMinute=100000",
        $"--Simulator:WebhookKeyFile={Path.Combine(Path.GetTempPath(), $"hub-sim-{Environment.ProcessId}.key")}",
    ];
}
