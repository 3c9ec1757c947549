using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;
using EnterpriseHub.WebhookGateway.RelayOutbox;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;

/// <summary>
/// A message that was read from GHL's list may have come as a webhook that names no message id, or another one: GHL documents neither.
/// Two of one contact with one text and GHL's own times two seconds apart at most are the same message. Where both have the same id the
/// unique key of the table is enough.
/// </summary>
internal static class FoundMessages
{
    /// <summary>How far the times of the webhook and of the list may differ.</summary>
    public static readonly TimeSpan SameTime = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan WorkflowDelay = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    /// <summary>Keeps a found message and a webhook without message id of the same contact from passing each other unseen.</summary>
    public static async Task LockAsync(UnitOfWork unit, string locationId, string contactId)
    {
        var key = new { locationId, contactId };
        await unit.ExecuteAsync(
            "INSERT INTO contact_mirror (location_id, contact_id, updated_at) VALUES (@locationId, @contactId, now_ms()) ON CONFLICT DO NOTHING", key);
        await unit.FirstOrDefaultAsync<string>(
            "SELECT contact_id FROM contact_mirror WHERE location_id = @locationId AND contact_id = @contactId {for_update}", key);
    }

    /// <summary>True when a webhook brought this found message already.</summary>
    public static async Task<bool> IsKnownAsync(UnitOfWork unit, GhlEvent read, InboundText found)
    {
        var sentAt = found.SentAt!.Value;
        var rows = await unit.QueryAsync<Candidate>(
            """
            SELECT seq, event_id, type, location_id, raw, received_at, accepted_at, message_key FROM inbound_event
            WHERE location_id = @LocationId AND conversation_id IN @conversations AND accepted_at >= @from AND found_text_hash IS NULL
            ORDER BY seq
            """,
            new
            {
                read.LocationId,
                conversations = new[] { found.ConversationId, MessageEvents.ConversationOf(found.ContactId) },
                from = (sentAt - ClockSlack).ToUnixTimeMilliseconds(),
            });
        foreach (var row in rows)
        {
            if (row.Event.Read()?.Inbound is not { } text || !IsSame(row, text, found, sentAt))
            {
                continue;
            }
            // A workflow's text has neither id nor time: from now on it is this message and no other.
            return text.SentAt is not null || await unit.ExecuteAsync(
                "UPDATE inbound_event SET message_key = @MessageKey, text_hash = NULL, deliveries = deliveries + 1 WHERE seq = @Seq AND message_key IS NULL",
                new { read.MessageKey, row.Seq }) == 1;
        }
        return false;
    }

    private static bool IsSame(Candidate row, InboundText text, InboundText found, DateTimeOffset sentAt)
    {
        // The list has no text of an e-mail that compares with the webhook's.
        if (text.ContactId != found.ContactId || (found.Channel != "Email" && BodyHash.Of(text.Text) != BodyHash.Of(found.Text)))
        {
            return false;
        }
        if (text.SentAt is { } time)
        {
            return text.Channel == found.Channel && (time - sentAt).Duration() <= SameTime;
        }
        var after = DateTimeOffset.FromUnixTimeMilliseconds(row.AcceptedAt) - sentAt;
        return row.MessageKey is null && after > -ClockSlack && after < WorkflowDelay;
    }

    private sealed record Candidate
    {
        public long Seq { get; init; }

        public required string EventId { get; init; }

        public required string Type { get; init; }

        public required string LocationId { get; init; }

        public required byte[] Raw { get; init; }

        public long ReceivedAt { get; init; }

        public long AcceptedAt { get; init; }

        public string? MessageKey { get; init; }

        public OpenEvent Event => new() { Seq = Seq, EventId = EventId, Type = Type, LocationId = LocationId, Raw = Raw };
    }
}
