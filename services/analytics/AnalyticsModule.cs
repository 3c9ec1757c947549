using EnterpriseHub.Platform.Hosting;
using MassTransit;

namespace EnterpriseHub.Analytics;

/// <summary>Counts every fact once and shows it live.</summary>
public sealed class AnalyticsModule : IServiceModule
{
    public string Name => "analytics";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public void AddConsumers(IBusRegistrationConfigurator bus)
    {
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
    }
}
