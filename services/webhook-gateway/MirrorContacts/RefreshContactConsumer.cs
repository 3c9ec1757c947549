using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.WebhookGateway.DeliverReply;
using MassTransit;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.MirrorContacts;

/// <summary>A lead wrote: the mirror is made fresh beside the thinking, so that the gate at claim time need not wait for GHL.</summary>
internal sealed class RefreshContactConsumer(ContactMirror mirror, IOptions<DeliveryOptions> options) : IConsumer<InboundMessageAccepted>
{
    public async Task Consume(ConsumeContext<InboundMessageAccepted> context)
    {
        if (!context.Message.IsLate)
        {
            await mirror.FreshAsync(context.Message.LocationId, context.Message.ContactId, options.Value.ContactRefreshAge, context.CancellationToken);
        }
    }
}

internal sealed class RefreshContactConsumerDefinition : ConsumerDefinition<RefreshContactConsumer>
{
    public RefreshContactConsumerDefinition() => ConcurrentMessageLimit = 64;
}
