using EnterpriseHub.Platform.Hosting;
using MassTransit;

namespace EnterpriseHub.Cache;

/// <summary>Warms contact and market context and invalidates by tag; every caller works without it.</summary>
public sealed class CacheModule : IServiceModule
{
    public string Name => "cache";

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
