using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.Platform.Messaging;
using MassTransit;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>A lead wrote: stores the message and takes the turn, or tells whoever is taking it.</summary>
internal sealed class ReplyToMessageConsumer(ReceiveMessage receive, ConversationTurns turns, ThinkingHere thinking) : IConsumer<InboundMessageAccepted>
{
    public async Task Consume(ConsumeContext<InboundMessageAccepted> context)
    {
        Failpoint.Hit("O1");
        if (await receive.RunAsync(context.Message, context.HandedOverAt(), context.CancellationToken) is { } lease)
        {
            await turns.RunAsync(lease, context.CancellationToken);
        }
        else
        {
            // The holder looks again before it lets go; the signal only spares it the time.
            thinking.Signal(new ConversationKey(context.Message.LocationId, context.Message.ConversationId));
        }
    }
}

/// <summary>Turns wait for the model most of their time, so many may run at once.</summary>
internal sealed class ReplyToMessageConsumerDefinition : ConsumerDefinition<ReplyToMessageConsumer>
{
    private readonly int _limit;

    public ReplyToMessageConsumerDefinition(IOptions<OrchestratorOptions> options)
    {
        _limit = options.Value.Concurrency;
        ConcurrentMessageLimit = _limit;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ReplyToMessageConsumer> consumerConfigurator, IRegistrationContext context) =>
        endpointConfigurator.PrefetchCount = _limit;
}
