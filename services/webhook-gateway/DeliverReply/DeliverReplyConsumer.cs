using EnterpriseHub.Contracts.Conversations;
using MassTransit;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>Sends the reply of a turn at most once; what cannot go out now waits in the ledger for the sweep.</summary>
internal sealed class DeliverReplyConsumer(SendOnce send) : IConsumer<SendReply>
{
    public Task Consume(ConsumeContext<SendReply> context) =>
        send.RunAsync(DueReply.Of(context.Message), context.Message, context.CancellationToken);
}

internal sealed class DeliverReplyConsumerDefinition : ConsumerDefinition<DeliverReplyConsumer>
{
    public DeliverReplyConsumerDefinition(IOptions<DeliveryOptions> options) => ConcurrentMessageLimit = options.Value.Concurrency;
}
