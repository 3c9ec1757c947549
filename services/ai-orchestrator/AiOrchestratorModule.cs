using EnterpriseHub.AiOrchestrator.Claude;
using EnterpriseHub.AiOrchestrator.Conversations;
using EnterpriseHub.AiOrchestrator.RecordThread;
using EnterpriseHub.AiOrchestrator.ReplyToMessage;
using EnterpriseHub.AiOrchestrator.ReplyToMessage.Steps;
using EnterpriseHub.AiOrchestrator.RingAgain;
using EnterpriseHub.AiOrchestrator.Storage;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Storage;
using MassTransit;

namespace EnterpriseHub.AiOrchestrator;

/// <summary>The conversation: one turn reads one settled burst of messages and takes one decision.</summary>
public sealed class AiOrchestratorModule : IServiceModule
{
    public string Name => "ai-orchestrator";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDatabase<OrchestratorDatabase>();
        services.AddOptions<OrchestratorOptions>().BindConfiguration("Orchestrator").ValidateDataAnnotations().ValidateOnStart();
        services.AddClaude(configuration);

        services.AddSingleton<ReplyToMessageFlow>();
        services.AddSingleton<LoadContact>();
        services.AddSingleton<LoadQualification>();
        services.AddSingleton<ReadMarket>();
        services.AddSingleton<ReadScore>();
        services.AddSingleton<AnalyzeMessage>();
        services.AddSingleton<DraftReply>();

        services.AddSingleton<ThinkingHere>();
        services.AddSingleton<TurnLeases>();
        services.AddSingleton<ReceiveMessage>();
        services.AddSingleton<LoadTurn>();
        services.AddSingleton<AwaitDelivery>();
        services.AddSingleton<CommitTurn>();
        services.AddSingleton<ConversationTurns>();
        services.AddSingleton<ReadConversations>();
        services.AddHostedService<RingDueConversations>();
        services.AddHostedService<RingPendingReplies>();
    }

    public void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ReplyToMessageConsumer, ReplyToMessageConsumerDefinition>();
        bus.AddConsumer<RecordDeliveryConsumer>();
        bus.AddConsumer<RecordOutboundConsumer>();
        bus.AddConsumer<RecordOptOutConsumer>();
        bus.AddRequestClient<LookUpContact>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapConversations();
}
