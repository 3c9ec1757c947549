using EnterpriseHub.Platform.Hosting;
using MassTransit;

namespace EnterpriseHub.Scoring;

/// <summary>Scores leads from what they said and did; never on the critical path.</summary>
public sealed class ScoringModule : IServiceModule
{
    public string Name => "scoring";

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
