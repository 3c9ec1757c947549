using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Effects;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Signature;
using EnterpriseHub.WebhookGateway.RelayOutbox;
using EnterpriseHub.WebhookGateway.ReplayEvents;
using EnterpriseHub.WebhookGateway.Storage;
using MassTransit;

namespace EnterpriseHub.WebhookGateway;

/// <summary>Registers the way in: webhooks, locations, the event log.</summary>
internal static class IntakeSetup
{
    public static void AddIntake(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IntakeOptions>().Bind(configuration.GetSection("Gateway")).ValidateDataAnnotations().ValidateOnStart();
        services.AddModuleDatabase<GatewayDatabase>();

        services.AddSingleton(_ => WebhookKeys.Read(configuration));
        // Read now: a wrong location must stop the start, not the first webhook.
        services.AddSingleton(SeedLocation.Read(configuration));

        services.AddSingleton<Locations>();
        services.AddSingleton<ILocations>(provider => provider.GetRequiredService<Locations>());
        services.AddSingleton<SaveLocation>();
        services.AddHostedService<SeedLocations>();

        services.AddSingleton<SignatureCheck>();
        services.AddSingleton<EventEffects>();
        services.AddSingleton<StoreEvent>();
        services.AddSingleton<SendsInFlight>();
        services.AddSingleton<AcceptEvent>();
        services.AddSingleton<ReceiveGhlWebhook.Endpoint>();
        services.AddSingleton<WorkflowEndpoint>();

        services.AddSingleton<AdmissionBound>();
        services.AddHostedService(provider => provider.GetRequiredService<AdmissionBound>());
        services.AddSingleton<RingAgain>();
        services.AddHostedService(provider => provider.GetRequiredService<RingAgain>());

        services.AddSingleton<IDeadLetterSink, RecordDeadLetter>();
        services.AddSingleton<StartReplay>().AddSingleton<ReplayEvent>().AddSingleton<ReplayDeadLetter>();
        services.AddSingleton<PerformReplays>().AddHostedService(provider => provider.GetRequiredService<PerformReplays>());
    }

    public static void AddIntakeConsumers(this IBusRegistrationConfigurator bus) => bus.AddConsumer<SettleInboundMessagesConsumer>();

    public static void MapIntake(this IEndpointRouteBuilder routes)
    {
        // A wrong key must stop the start, not the first webhook. Not earlier: another module of this process may write the key's file.
        routes.ServiceProvider.GetRequiredService<WebhookKeys>();
        ReceiveGhlWebhook.Endpoint.Map(routes);
        WorkflowEndpoint.Map(routes);
        routes.MapLocations();
        routes.MapEvents();
    }
}
