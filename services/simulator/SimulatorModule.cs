using EnterpriseHub.Platform.Hosting;
using MassTransit;

namespace EnterpriseHub.Simulator;

/// <summary>A GHL and a Claude that behave and misbehave, for the demo, tests and load.</summary>
public sealed class SimulatorModule : IServiceModule
{
    public string Name => "simulator";

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
