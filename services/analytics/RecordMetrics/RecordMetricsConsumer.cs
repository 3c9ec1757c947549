using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.Contracts.Operations;
using EnterpriseHub.Contracts.Scoring;
using MassTransit;

namespace EnterpriseHub.Analytics.RecordMetrics;

/// <summary>Records every fact of the product exactly once, off the critical path.</summary>
internal sealed class RecordMetricsConsumer(FactWriter writer) :
    IConsumer<InboundMessageAccepted>,
    IConsumer<TurnDecided>,
    IConsumer<ReplySettled>,
    IConsumer<CrmActionSettled>,
    IConsumer<LeadScored>,
    IConsumer<OptOutRecorded>,
    IConsumer<OutboundMessageObserved>,
    IConsumer<ContactChanged>,
    IConsumer<CrmRecordChanged>,
    IConsumer<LocationLifecycleChanged>,
    IConsumer<AlertRaised>
{
    public Task Consume(ConsumeContext<InboundMessageAccepted> context) => writer.RecordAsync(context, FactsOf.Message(context.Message));

    public Task Consume(ConsumeContext<TurnDecided> context) => writer.RecordAsync(context, FactsOf.Message(context.Message));

    public Task Consume(ConsumeContext<ReplySettled> context) => writer.RecordAsync(context, FactsOf.Message(context.Message));

    public Task Consume(ConsumeContext<CrmActionSettled> context) => writer.RecordAsync(context, FactsOf.Message(context.Message));

    public Task Consume(ConsumeContext<LeadScored> context) => writer.RecordAsync(context, FactsOf.Message(context.Message));

    public Task Consume(ConsumeContext<OptOutRecorded> context) => writer.RecordAsync(context, FactsOf.Message(context.Message));

    public Task Consume(ConsumeContext<OutboundMessageObserved> context) => writer.RecordAsync(context, FactsOf.Message(context.Message));

    public Task Consume(ConsumeContext<ContactChanged> context) => writer.RecordAsync(context, FactsOf.Message(context.Message));

    public Task Consume(ConsumeContext<CrmRecordChanged> context) => writer.RecordAsync(context, FactsOf.Message(context.Message));

    public Task Consume(ConsumeContext<LocationLifecycleChanged> context) => writer.RecordAsync(context, FactsOf.Message(context.Message));

    public Task Consume(ConsumeContext<AlertRaised> context) => writer.RecordAsync(context, FactsOf.Message(context.Message));
}

internal sealed class RecordMetricsConsumerDefinition : ConsumerDefinition<RecordMetricsConsumer>
{
    // Messages that wait together share a commit; see GatheredWrites.
    public RecordMetricsConsumerDefinition() => ConcurrentMessageLimit = 100;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<RecordMetricsConsumer> consumerConfigurator, IRegistrationContext context) =>
        endpointConfigurator.PrefetchCount = 200;
}
