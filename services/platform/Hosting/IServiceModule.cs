using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Platform.Hosting;

/// <summary>
/// One service of the product. A process hosts one module or several; a module never knows which.
/// Modules share nothing but the bus and the platform, so their order does not matter.
/// </summary>
public interface IServiceModule
{
    /// <summary>Kebab-case name, e.g. <c>webhook-gateway</c>; prefixes every queue and names the health check.</summary>
    string Name { get; }

    /// <summary>Registers the module's own services, options and hosted services.</summary>
    void AddServices(IServiceCollection services, IConfiguration configuration);

    /// <summary>Registers every consumer of the module's assembly. Only the platform calls <c>AddMassTransit</c>.</summary>
    void AddConsumers(IBusRegistrationConfigurator bus);

    /// <summary>Maps the module's HTTP endpoints. Everything requires an API key unless it is marked anonymous.</summary>
    void MapEndpoints(IEndpointRouteBuilder routes);
}
