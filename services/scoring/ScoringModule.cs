using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.Scoring.ScoreLead;
using EnterpriseHub.Scoring.Storage;
using MassTransit;

namespace EnterpriseHub.Scoring;

/// <summary>Scores leads from what they said and did; never on the critical path.</summary>
public sealed class ScoringModule : IServiceModule
{
    public string Name => "scoring";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDatabase<ScoringDatabase>();
        services.AddSingleton<LeadBook>();
        services.AddHostedService(provider => provider.GetRequiredService<LeadBook>());
        services.AddHostedService<RescoreQuietLeads>();
    }

    public void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<RescoreLeadConsumer, RescoreLeadConsumerDefinition>();
        bus.AddConsumer<AnswerScoreLeadConsumer>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapScores();
}
