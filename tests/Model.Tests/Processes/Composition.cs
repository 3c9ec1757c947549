using EnterpriseHub.AiOrchestrator;
using EnterpriseHub.AiOrchestrator.Claude;
using EnterpriseHub.Model.Tests.Ports;
using EnterpriseHub.Platform.Caching;
using EnterpriseHub.Platform.Flow;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway;
using EnterpriseHub.WebhookGateway.GhlApi;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Model.Tests.Processes;

/// <summary>The production composition of a module, with the world's ports in place of servers.</summary>
internal static class Composition
{
    private static readonly IConfiguration Settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Ghl:BaseUrl"] = "http://ghl.model",
        ["Claude:BaseUrl"] = "http://127.0.0.1:9",
        // The contact is at hand; waiting for it would be by the real clock.
        ["Orchestrator:Budgets:Greeting"] = "00:00:00",
    }).Build();

    private static readonly SecretBox Box = new([new byte[32]]);
    private static readonly IServiceCollection Gateway = Of(new WebhookGatewayModule());
    private static readonly IServiceCollection Orchestrator = Of(new AiOrchestratorModule());

    public static ServiceProvider GatewayOf(StoreBackend store, TimeProvider clock, HttpMessageHandler ghl) =>
        Build(Gateway, store, clock, services => services.AddSingleton(new GhlHttp(ghl)));

    public static ServiceProvider OrchestratorOf(StoreBackend store, TimeProvider clock, HttpMessageHandler claude) =>
        Build(Orchestrator, store, clock, services => services.AddSingleton(provider => new ClaudeDeployment(
            provider.GetRequiredService<IOptions<ClaudeOptions>>(), provider.GetRequiredService<SelfAddress>(), clock) { Way = claude }));

    private static ServiceProvider Build(IServiceCollection module, StoreBackend store, TimeProvider clock, Action<IServiceCollection> ports)
    {
        var services = new ServiceCollection();
        foreach (var service in module)
        {
            ((ICollection<ServiceDescriptor>)services).Add(service);
        }
        services.AddSingleton(store).AddSingleton(clock);
        ports(services);
        return services.BuildServiceProvider();
    }

    private static ServiceCollection Of(IServiceModule module)
    {
        var services = new ServiceCollection();
        services.AddSingleton(Settings);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton(Box);
        services.AddSingleton<IHubCache, ContactsAtHand>();
        services.AddSingleton<StepRunner>();
        // Addresses are absolute here: nobody asks where we listen.
        services.AddSingleton(new SelfAddress(null!, Settings));
        module.AddServices(services, Settings);
        return services;
    }
}
