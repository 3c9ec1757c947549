using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Effects;

/// <summary>What is done for each meaning, in the transaction that stores the event.</summary>
internal sealed class EventEffects(IOptions<IntakeOptions> options, TimeProvider time)
{
    public async Task ApplyAsync(UnitOfWork unit, StoredEvent stored, IMeaning meaning)
    {
        switch (meaning)
        {
            case InboundText inbound:
                await InboundEffect.ApplyAsync(unit, stored, inbound);
                break;
            case OutboundText outbound:
                await OutboundEffect.ApplyAsync(unit, stored, outbound, options.Value.TakeoverPause, time);
                break;
            case ContactState state:
                await ContactEffect.ApplyAsync(unit, stored, state);
                break;
            case ContactGone gone:
                await ContactEffect.ApplyAsync(unit, stored, gone);
                break;
            case Installed installed:
                await LifecycleEffect.ApplyAsync(unit, stored, installed);
                break;
            case Uninstalled uninstalled:
                await LifecycleEffect.ApplyAsync(unit, stored, uninstalled);
                break;
            case RecordChange record:
                Publish(unit, stored, record);
                break;
            default:
                throw new InvalidOperationException($"Nothing is done for {meaning.GetType().Name}.");
        }
    }

    public static void Publish(UnitOfWork unit, StoredEvent stored, RecordChange record, string? contactId = null) => unit.Publish(new CrmRecordChanged
    {
        EventId = stored.EventId,
        LocationId = stored.LocationId,
        ContactId = contactId ?? stored.ContactId,
        Kind = record.Kind,
        Change = record.Change,
        RecordId = record.RecordId,
        Facts = record.Facts,
        At = stored.Past(record.At ?? stored.At),
    });
}
