using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.DeliverReply;
using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.MirrorContacts;
using EnterpriseHub.WebhookGateway.PerformCrmActions;
using EnterpriseHub.WebhookGateway.ReconcileDeliveries;
using MassTransit;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway;

/// <summary>Everything that goes out to GHL: replies, CRM actions, contact reads, tokens.</summary>
internal static class DeliverySetup
{
    public static void AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GhlOptions>().Bind(configuration.GetSection("Ghl"))
            .ValidateDataAnnotations()
            .Validate(ghl => ghl.ReserveForReplies < ghl.RateLimit, "Ghl:ReserveForReplies must be less than Ghl:RateLimit.")
            .ValidateOnStart();
        services.AddOptions<DeliveryOptions>().Bind(configuration.GetSection("Delivery"))
            .ValidateDataAnnotations()
            .Validate(DeliveryOptions.HasRisingReads, "Delivery:ReconcileSchedule must be rising times, each more than 0.")
            // Else a send that still runs would be taken for dead and sent again.
            .Validate<IOptions<GhlOptions>>(
                (delivery, ghl) => delivery.SendingTimeout > delivery.ClaimLifetime + ghl.Value.AnswerTimeout,
                "Delivery:SendingTimeout must be more than Delivery:ClaimLifetime and Ghl:AnswerTimeout together.")
            .ValidateOnStart();

        services.AddSingleton<GhlHttp>().AddSingleton<GhlClient>().AddSingleton<RateBudget>().AddSingleton<LocationApi>();
        services.AddSingleton<Tokens>().AddSingleton<TokensTable>().AddSingleton<TokensRenewal>();
        services.AddSingleton<OAuthStates>().AddSingleton<OAuthInstall>();
        services.AddSingleton<ContactMirror>();
        services.AddSingleton<SendOnce>().AddSingleton<ReplyClaim>().AddSingleton<ReplyPost>();
        services.AddSingleton<UnknownSends>().AddSingleton<ConversationReader>().AddSingleton<ReconcileReply>();
        services.AddSingleton<CrmActionTable>().AddSingleton<CrmCalls>().AddSingleton<PerformCrmAction>();

        services.AddSingleton<DeliverDueReplies>().AddHostedService(provider => provider.GetRequiredService<DeliverDueReplies>());
        services.AddSingleton<ReconcileDeliveries.ReconcileDeliveries>()
            .AddHostedService(provider => provider.GetRequiredService<ReconcileDeliveries.ReconcileDeliveries>());
        services.AddSingleton<PerformDueCrmActions>().AddHostedService(provider => provider.GetRequiredService<PerformDueCrmActions>());
    }

    public static void AddDeliveryConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<DeliverReplyConsumer, DeliverReplyConsumerDefinition>();
        bus.AddConsumer<RefreshContactConsumer, RefreshContactConsumerDefinition>();
        bus.AddConsumer<LookUpContactConsumer, LookUpContactConsumerDefinition>();
        bus.AddConsumer<AddTagsConsumer>();
        bus.AddConsumer<RemoveTagsConsumer>();
        bus.AddConsumer<SetCustomFieldsConsumer>();
        bus.AddConsumer<EnrollInWorkflowConsumer>();
        bus.AddConsumer<MoveOpportunityConsumer>();
    }

    public static void MapDelivery(this IEndpointRouteBuilder routes) => OAuthEndpoints.Map(routes);
}
