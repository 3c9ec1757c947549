using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Effects;

/// <summary>A lead wrote: an opt-out takes effect, then the message is announced.</summary>
internal static class InboundEffect
{
    public static async Task ApplyAsync(UnitOfWork unit, StoredEvent stored, InboundText inbound)
    {
        await OptOutEffect.ApplyAsync(unit, stored, inbound);
        unit.Publish(Message(stored, inbound), TurnStages.Published);
    }

    /// <summary>The announcement; the same again when a message is rung again.</summary>
    public static InboundMessageAccepted Message(StoredEvent stored, InboundText inbound) => new()
    {
        EventId = stored.EventId,
        Seq = stored.Seq,
        LocationId = stored.LocationId,
        ConversationId = inbound.ConversationId,
        ContactId = inbound.ContactId,
        MessageId = inbound.MessageId,
        Channel = inbound.Channel,
        Text = inbound.Text,
        Attachments = inbound.Attachments,
        SentAt = stored.Past(inbound.SentAt ?? stored.At),
        ReceivedAt = stored.ReceivedAt,
        AcceptedAt = stored.AcceptedAt,
        IsOptOut = inbound.IsOptOut,
        IsLate = stored.IsLate,
        Location = stored.Location!.Profile,
    };
}
