using EnterpriseHub.Platform.Hosting;
using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Platform.Tests.Fixtures;

/// <summary>A module that is what a test needs it to be.</summary>
internal sealed class TestModule : IServiceModule
{
    public string Name => "test";

    public Action<IServiceCollection> Services { get; init; } = _ => { };

    public Action<IBusRegistrationConfigurator> Consumers { get; init; } = _ => { };

    public Action<IEndpointRouteBuilder> Endpoints { get; init; } = _ => { };

    public void AddServices(IServiceCollection services, IConfiguration configuration) => Services(services);

    public void AddConsumers(IBusRegistrationConfigurator bus) => Consumers(bus);

    public void MapEndpoints(IEndpointRouteBuilder routes) => Endpoints(routes);
}
