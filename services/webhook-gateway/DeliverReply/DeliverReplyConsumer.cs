using System.Data.Common;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Messaging;
using MassTransit;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>Sends the reply of a turn at most once; what cannot go out now waits in the ledger for the sweep.</summary>
internal sealed class DeliverReplyConsumer(SendOnce send) : IConsumer<SendReply>
{
    public Task Consume(ConsumeContext<SendReply> context) =>
        send.RunAsync(DueReply.Of(context.Message) with { CommandedAt = context.HandedOverAt() }, context.Message, context.CancellationToken);
}

internal sealed class DeliverReplyConsumerDefinition : ConsumerDefinition<DeliverReplyConsumer>
{
    public DeliverReplyConsumerDefinition(IOptions<DeliveryOptions> options) => ConcurrentMessageLimit = options.Value.Concurrency;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<DeliverReplyConsumer> consumerConfigurator, IRegistrationContext context) =>
        // Before its row is stored, the command is all there is of the reply: a store that is away for minutes must not lose it.
        consumerConfigurator.UseMessageRetry(retry =>
        {
            retry.Handle<DbException>();
            retry.Exponential(10, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(2));
        });
}
