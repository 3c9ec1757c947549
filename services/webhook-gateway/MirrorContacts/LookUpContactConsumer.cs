using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.WebhookGateway.DeliverReply;
using MassTransit;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.MirrorContacts;

/// <summary>Answers what is known of a contact, at most a minute old; joins a refresh that is under way.</summary>
internal sealed class LookUpContactConsumer(ContactMirror mirror, IOptions<DeliveryOptions> options) : IConsumer<LookUpContact>
{
    public async Task Consume(ConsumeContext<LookUpContact> context)
    {
        var asked = context.Message;
        var known = await mirror.FreshAsync(asked.LocationId, asked.ContactId, options.Value.ContactMaxAge, context.CancellationToken);
        await context.RespondAsync(known ?? new ContactSnapshot { LocationId = asked.LocationId, ContactId = asked.ContactId, Known = false });
    }
}

internal sealed class LookUpContactConsumerDefinition : ConsumerDefinition<LookUpContactConsumer>
{
    public LookUpContactConsumerDefinition() => ConcurrentMessageLimit = 64;
}
