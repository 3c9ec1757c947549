using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Conversations;
using MassTransit;

namespace EnterpriseHub.Scoring.ScoreLead;

/// <summary>Scores a lead again whenever something is learned of it.</summary>
internal sealed class RescoreLeadConsumer(LeadBook book) :
    IConsumer<InboundMessageAccepted>,
    IConsumer<TurnDecided>,
    IConsumer<OptOutRecorded>,
    IConsumer<ContactChanged>
{
    public Task Consume(ConsumeContext<InboundMessageAccepted> context) =>
        book.ApplyAsync(context, context.Message.LocationId, context.Message.ContactId, lead => lead.After(context.Message), id: context.Message.EventId);

    public Task Consume(ConsumeContext<TurnDecided> context) =>
        book.ApplyAsync(context, context.Message.LocationId, context.Message.ContactId, lead => lead.After(context.Message));

    public Task Consume(ConsumeContext<OptOutRecorded> context) =>
        book.ApplyAsync(context, context.Message.LocationId, context.Message.ContactId, lead => lead.After(context.Message));

    public Task Consume(ConsumeContext<ContactChanged> context)
    {
        var message = context.Message;
        if (message.Change == "deleted")
        {
            return book.ForgetAsync(context, message.LocationId, message.ContactId);
        }
        if (message.Contact is not { Known: true } contact)
        {
            return Task.CompletedTask;
        }
        // Most contacts of a CRM never write to us: they enter the book only with something to remember.
        return book.ApplyAsync(
            context, message.LocationId, message.ContactId, lead => lead with { Dnd = contact.Dnd ? 1 : 0 }, begin: contact.Dnd);
    }
}

internal sealed class RescoreLeadConsumerDefinition : ConsumerDefinition<RescoreLeadConsumer>
{
    public RescoreLeadConsumerDefinition() => ConcurrentMessageLimit = 8;
}
