using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;
using EnterpriseHub.WebhookGateway.ReconcileDeliveries;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Effects;

/// <summary>Something went out to the lead. Ours: noted, and an unknown send is settled by it. A person's: the assistant steps back.</summary>
internal static class OutboundEffect
{
    public static async Task ApplyAsync(UnitOfWork unit, StoredEvent stored, OutboundText outbound, TimeSpan pause, TimeProvider time)
    {
        var at = stored.Past(outbound.SentAt ?? stored.At);
        Note(unit, stored, outbound, at);
        var isOurs = outbound.ByApi || (!outbound.InApp && await IsInLedgerAsync(unit, stored, outbound));
        if (!isOurs && outbound.ByUser)
        {
            // Before the ledger's row, as a claim does it: mirror first, then ledger.
            StepBack(unit, stored, outbound, at + pause);
        }
        await ReportedSend.SettleAsync(
            unit, stored.LocationId, outbound.ContactId, outbound.MessageId ?? stored.EventId, BodyHash.Of(outbound.Text), at, time);
        if (isOurs)
        {
            return;
        }
        if (outbound.Failed)
        {
            // The lead never saw it, so it is not part of the conversation.
            EventEffects.Publish(unit, stored, new RecordChange("message", "failed", outbound.MessageId, Facts.Of(("channel", outbound.Channel))), outbound.ContactId);
            return;
        }
        unit.Publish(new OutboundMessageObserved
        {
            EventId = stored.EventId,
            Seq = stored.Seq,
            LocationId = stored.LocationId,
            ConversationId = outbound.ConversationId,
            ContactId = outbound.ContactId,
            Channel = outbound.Channel,
            Text = outbound.Text,
            ByHuman = outbound.ByUser,
            SentAt = at,
        });
    }

    /// <summary>Any message with the text of ours counts as found: a second one would be a double to the lead, whoever sent the first.</summary>
    private static void Note(UnitOfWork unit, StoredEvent stored, OutboundText outbound, DateTimeOffset at) => unit.Add(
        """
        INSERT INTO observed_outbound (location_id, message_id, conversation_id, contact_id, body, body_hash, at)
        VALUES (@LocationId, @MessageId, @ConversationId, @ContactId, @Text, @Hash, @At)
        ON CONFLICT DO NOTHING
        """,
        new
        {
            stored.LocationId,
            MessageId = outbound.MessageId ?? stored.EventId,
            outbound.ConversationId,
            outbound.ContactId,
            outbound.Text,
            Hash = BodyHash.Of(outbound.Text),
            At = at.ToUnixTimeMilliseconds(),
        });

    private static async Task<bool> IsInLedgerAsync(UnitOfWork unit, StoredEvent stored, OutboundText outbound) =>
        await unit.FirstOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM outbound_message
            WHERE location_id = @LocationId AND conversation_id = @ConversationId AND body_hash = @Hash
              AND state IN ('sending', 'unknown', 'sent') AND (ghl_message_id IS NULL OR ghl_message_id = @MessageId)
            """,
            new { stored.LocationId, outbound.ConversationId, outbound.MessageId, Hash = BodyHash.Of(outbound.Text) }) > 0;

    private static void StepBack(UnitOfWork unit, StoredEvent stored, OutboundText outbound, DateTimeOffset until) => unit.Add(
        """
        INSERT INTO contact_mirror (location_id, contact_id, takeover_until, updated_at)
        VALUES (@LocationId, @ContactId, @Until, now_ms())
        ON CONFLICT (location_id, contact_id) DO UPDATE SET takeover_until = excluded.takeover_until, updated_at = excluded.updated_at
        WHERE contact_mirror.takeover_until < excluded.takeover_until
        """,
        new { stored.LocationId, outbound.ContactId, Until = until.ToUnixTimeMilliseconds() });
}
