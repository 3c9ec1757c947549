using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Effects;

/// <summary>
/// STOP and START on the contact's mirror row. A claim of a send locks the same row: either it sees the STOP, or it was first and
/// the webhook is answered only after that send is over. Compared by the times of the messages, because they can arrive in any order.
/// </summary>
internal static class OptOutEffect
{
    public static async Task ApplyAsync(UnitOfWork unit, StoredEvent stored, InboundText inbound)
    {
        if (!inbound.IsOptOut && !inbound.IsOptIn)
        {
            return;
        }
        var sentAt = stored.Past(inbound.SentAt ?? stored.At);
        var key = new { stored.LocationId, inbound.ContactId, SentAt = sentAt.ToUnixTimeMilliseconds() };
        if (await unit.ExecuteAsync(inbound.IsOptOut ? Stop : Start, key) > 0)
        {
            unit.Publish(new OptOutRecorded
            {
                LocationId = stored.LocationId,
                ContactId = inbound.ContactId,
                OptedOut = inbound.IsOptOut,
                At = stored.AcceptedAt,
            });
        }
        else if (inbound.IsOptOut)
        {
            await unit.ExecuteAsync(StopAgain, key);
        }
    }

    // Told once, until a START; a row that is locked and left as it is changes nothing.
    private const string Stop =
        """
        INSERT INTO contact_mirror (location_id, contact_id, opted_out_at, updated_at)
        VALUES (@LocationId, @ContactId, @SentAt, now_ms())
        ON CONFLICT (location_id, contact_id) DO UPDATE SET opted_out_at = excluded.opted_out_at, updated_at = excluded.updated_at
        WHERE contact_mirror.opted_out_at = 0
        """;

    // A START that was written between two STOPs and comes after both must not lift the second.
    private const string StopAgain =
        """
        UPDATE contact_mirror SET opted_out_at = @SentAt, updated_at = now_ms()
        WHERE location_id = @LocationId AND contact_id = @ContactId AND opted_out_at < @SentAt
        """;

    private const string Start =
        """
        UPDATE contact_mirror SET opted_out_at = 0, updated_at = now_ms()
        WHERE location_id = @LocationId AND contact_id = @ContactId AND opted_out_at > 0 AND opted_out_at < @SentAt
        """;
}
