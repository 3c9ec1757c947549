using EnterpriseHub.Platform.Hosting;
using MassTransit;

namespace EnterpriseHub.WebhookGateway;

/// <summary>Everything GHL: webhook intake, sends, CRM actions, locations and tokens.</summary>
public sealed class WebhookGatewayModule : IServiceModule
{
    public string Name => "webhook-gateway";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddIntake(configuration);
        services.AddDelivery(configuration);
        services.AddReviews(configuration);
    }

    public void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddIntakeConsumers();
        bus.AddDeliveryConsumers();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapIntake();
        routes.MapDelivery();
        routes.MapReviews();
    }
}
