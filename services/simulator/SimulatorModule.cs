using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Simulator.Claude;
using EnterpriseHub.Simulator.Claude.Schemas;
using EnterpriseHub.Simulator.Control;
using EnterpriseHub.Simulator.Ghl;
using EnterpriseHub.Simulator.Ghl.Calls;
using EnterpriseHub.Simulator.Ghl.State;
using EnterpriseHub.Simulator.Leads;
using MassTransit;

namespace EnterpriseHub.Simulator;

/// <summary>A GHL and a Claude that behave and misbehave, for the demo, tests and load.</summary>
public sealed class SimulatorModule : IServiceModule
{
    public string Name => "simulator";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SimulatorOptions>().BindConfiguration(SimulatorOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LeadOptions>().BindConfiguration(LeadOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LatencyOptions>().BindConfiguration(LatencyOptions.Section)
            .Validate(ranges => ranges.IsValid(), "Simulator:Latency:<Analysis|Draft|Other|Ghl>: 0 <= MinMs <= MaxMs <= 600000 must hold.").ValidateOnStart();

        // At composition, so that the gateway of the same process finds the public key when it starts.
        services.AddSingleton(WebhookKey.LoadOrCreate(configuration["Simulator:WebhookKeyFile"] is { Length: > 0 } file ? file : new SimulatorOptions().WebhookKeyFile));
        services.AddSingleton<PreciseDelay>().AddSingleton<LatencyBook>().AddSingleton<FaultBook>();
        services.AddSingleton<GhlLedger>().AddSingleton<GhlTokens>().AddSingleton<GhlRateLimit>().AddSingleton<GhlStore>().AddSingleton<GhlPipeline>();
        services.AddSingleton<MessageCalls>().AddSingleton<ConversationCalls>().AddSingleton<ContactCalls>().AddSingleton<OpportunityCalls>().AddSingleton<OAuthCalls>();
        services.AddSingleton<SchemaCatalog>().AddSingleton<RequestCheck>().AddSingleton<PromptCache>().AddSingleton<ClaudeLedger>();
        services.AddSingleton<ClaudeRateLimit>().AddSingleton<ClaudeDelivery>().AddSingleton<ClaudePipeline>();
        services.AddSingleton<WebhookSender>().AddSingleton<OutboundEcho>().AddSingleton<LeadGenerator>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboundEcho>());
        services.AddHostedService(provider => provider.GetRequiredService<LeadGenerator>());
    }

    public void AddConsumers(IBusRegistrationConfigurator bus)
    {
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var simulator = routes.MapGroup("").AllowAnonymous().DisableRateLimiting();
        simulator.MapIndex();
        simulator.MapControl();
        simulator.MapLedger();
        simulator.MapGhlControl();
        simulator.MapGhl();
        simulator.MapClaude();
        simulator.MapLeads();
    }
}
