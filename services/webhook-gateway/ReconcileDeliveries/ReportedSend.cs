using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.DeliverReply;

namespace EnterpriseHub.WebhookGateway.ReconcileDeliveries;

/// <summary>HighLevel reports a message to the lead: an unknown send with that text is known from then on.</summary>
internal static class ReportedSend
{
    /// <summary>Settles the oldest unknown send that the report may be of, in the transaction that stores the report.</summary>
    public static async Task SettleAsync(UnitOfWork unit, string locationId, string contactId, string messageId, string bodyHash, DateTimeOffset at, TimeProvider time)
    {
        var reply = await unit.FirstOrDefaultAsync<Reply>(
            $$"""
            SELECT {{Reply.Columns}} FROM outbound_message
            WHERE location_id = @locationId AND contact_id = @contactId AND body_hash = @bodyHash AND state = 'unknown' AND send_started_at <= @latest
              AND NOT EXISTS (SELECT 1 FROM outbound_message taken WHERE taken.location_id = @locationId AND taken.ghl_message_id = @messageId)
            ORDER BY send_started_at LIMIT 1 {for_update}
            """,
            new { locationId, contactId, bodyHash, messageId, latest = (at + Match.ClockSlack).ToUnixTimeMilliseconds() });
        if (reply is not null && await ReplySettlement.SettleAsync(unit, reply, ReplyState.Sent, null, time, messageId, null, ReplyStates.Unknown))
        {
            DeliveryMetrics.Reconciled("reported");
        }
    }
}
