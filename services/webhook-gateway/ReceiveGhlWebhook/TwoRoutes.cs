using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;

/// <summary>
/// A location with the app and a "customer replied" workflow sends each text on both routes, and the workflow's carries no message id.
/// The two are paired by contact and text within ten minutes, one to one: a second "yes" on the same route is a second message.
/// </summary>
internal static class TwoRoutes
{
    /// <returns>True when the other route brought this text already; its row is then marked as paired.</returns>
    public static async Task<bool> IsKnownAsync(UnitOfWork unit, GhlEvent read, string textHash)
    {
        var key = new
        {
            read.LocationId,
            read.ContactId,
            TextHash = textHash,
            WorkflowEvents.Type,
            read.MessageKey,
            Pair = $"paired/{MassTransit.NewId.NextGuid()}",
        };
        // Both routes arrive at once: the contact's row lets one of them look first.
        await unit.ExecuteAsync(
            "INSERT INTO contact_mirror (location_id, contact_id, updated_at) VALUES (@LocationId, @ContactId, now_ms()) ON CONFLICT DO NOTHING", key);
        await unit.FirstOrDefaultAsync<string>(
            "SELECT contact_id FROM contact_mirror WHERE location_id = @LocationId AND contact_id = @ContactId {for_update}", key);
        return await unit.ExecuteAsync(read.Type == WorkflowEvents.Type ? PairWithSigned : PairWithWorkflow, key) > 0;
    }

    private const string PairWithWorkflow =
        """
        UPDATE inbound_event SET deliveries = deliveries + 1, text_hash = NULL, message_key = COALESCE(@MessageKey, @Pair)
        WHERE seq = (SELECT MIN(seq) FROM inbound_event WHERE location_id = @LocationId AND contact_id = @ContactId AND text_hash = @TextHash
          AND type = @Type AND accepted_at > now_ms() - 600000)
        AND NOT EXISTS (SELECT 1 FROM inbound_event WHERE location_id = @LocationId AND message_key = @MessageKey)
        """;

    private const string PairWithSigned =
        """
        UPDATE inbound_event SET deliveries = deliveries + 1, text_hash = NULL
        WHERE seq = (SELECT MIN(seq) FROM inbound_event WHERE location_id = @LocationId AND contact_id = @ContactId AND text_hash = @TextHash
          AND type <> @Type AND accepted_at > now_ms() - 600000)
        """;
}
