using EnterpriseHub.Platform.Hosting;
using MassTransit;

namespace EnterpriseHub.AiOrchestrator;

/// <summary>The conversation: one turn reads one settled burst of messages and takes one decision.</summary>
public sealed class AiOrchestratorModule : IServiceModule
{
    public string Name => "ai-orchestrator";

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
