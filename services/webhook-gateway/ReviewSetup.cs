using EnterpriseHub.WebhookGateway.AuditDeliveries;
using EnterpriseHub.WebhookGateway.FindMissedMessages;
using EnterpriseHub.WebhookGateway.ReviewLocations;

namespace EnterpriseHub.WebhookGateway;

/// <summary>Registers what reads GHL again afterwards: the poll for missed messages, the daily audit, and the end of old records.</summary>
internal static class ReviewSetup
{
    public static void AddReviews(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ReviewOptions>().Bind(configuration.GetSection("Gateway")).ValidateDataAnnotations().ValidateOnStart();

        services.AddSingleton<LocationTasks>().AddSingleton<BackgroundCalls>().AddSingleton<MessagesSince>().AddSingleton<ConversationWalk>();
        services.AddSingleton<UnknownMessages>().AddSingleton<MissedMessages>();
        services.AddSingleton<AuditTable>().AddSingleton<AuditLocation>();

        services.AddSingleton<FindMissedMessages.FindMissedMessages>()
            .AddHostedService(provider => provider.GetRequiredService<FindMissedMessages.FindMissedMessages>());
        services.AddSingleton<AuditDeliveries.AuditDeliveries>()
            .AddHostedService(provider => provider.GetRequiredService<AuditDeliveries.AuditDeliveries>());
        services.AddSingleton<ForgetEvents.ForgetEvents>()
            .AddHostedService(provider => provider.GetRequiredService<ForgetEvents.ForgetEvents>());
    }

    public static void MapReviews(this IEndpointRouteBuilder routes) => routes.MapAudits();
}
