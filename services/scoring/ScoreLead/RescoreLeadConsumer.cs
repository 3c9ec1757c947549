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
        book.ApplyAsync(context, new(new(context.Message.LocationId, context.Message.ContactId), lead => lead.After(context.Message)), context.Message.EventId);

    public Task Consume(ConsumeContext<TurnDecided> context) =>
        book.ApplyAsync(context, new(new(context.Message.LocationId, context.Message.ContactId), lead => lead.After(context.Message)));

    public Task Consume(ConsumeContext<OptOutRecorded> context) =>
        book.ApplyAsync(context, new(new(context.Message.LocationId, context.Message.ContactId), lead => lead.After(context.Message)));

    public Task Consume(ConsumeContext<ContactChanged> context)
    {
        var lead = new LeadKey(context.Message.LocationId, context.Message.ContactId);
        if (context.Message.Change == "deleted")
        {
            return book.ForgetAsync(context, lead);
        }
        if (context.Message.Contact is not { Known: true } contact)
        {
            return Task.CompletedTask;
        }
        // Most contacts of a CRM never write to us: they enter the book only with something to remember.
        return book.ApplyAsync(context, new(lead, known => known with { Dnd = contact.Dnd ? 1 : 0 }, Begins: contact.Dnd));
    }
}

internal sealed class RescoreLeadConsumerDefinition : ConsumerDefinition<RescoreLeadConsumer>
{
    // Messages that wait together share a commit; see GatheredWrites.
    public RescoreLeadConsumerDefinition() => ConcurrentMessageLimit = 100;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<RescoreLeadConsumer> consumerConfigurator, IRegistrationContext context) =>
        endpointConfigurator.PrefetchCount = 200;
}
