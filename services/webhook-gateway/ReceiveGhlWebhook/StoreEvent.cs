using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Effects;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;
using EnterpriseHub.WebhookGateway.Storage;
using MassTransit;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;

/// <summary>One transaction: the event as it came, what it does at once, and the messages that tell of it.</summary>
internal sealed class StoreEvent(GatewayDatabase database, Locations locations, EventEffects effects, IOptions<IntakeOptions> options)
{
    /// <returns>A word of <see cref="EventStatus"/>.</returns>
    public async Task<string> StoreAsync(IncomingEvent incoming, CancellationToken cancellation)
    {
        var read = incoming.Event;
        var location = read.LocationId.Length > 0 ? await locations.FindAsync(read.LocationId, cancellation) : null;
        var status = EventStatus.Of(read, location);
        var isNew = await database.WriteAsync(unit => StoreAsync(unit, incoming, location, status), cancellation);
        if (read.Meanings.Any(meaning => meaning is Installed or Uninstalled))
        {
            locations.ForgetAll();
        }
        return isNew ? status : EventStatus.Duplicate;
    }

    private async Task<bool> StoreAsync(UnitOfWork unit, IncomingEvent incoming, LocationSettings? location, string status)
    {
        var read = incoming.Event;
        if (await WasFoundAsync(unit, incoming))
        {
            return false;
        }
        var textHash = location?.WorkflowSecretHash is not null && read.Inbound is { } text ? BodyHash.Of(text.Text) : null;
        if (textHash is not null && await TwoRoutes.IsKnownAsync(unit, read, textHash))
        {
            return false;
        }
        var happened = read.At ?? incoming.ReceivedAt;
        var isLate = incoming.ReceivedAt - happened > options.Value.LateAfter;
        var eventId = NewId.NextGuid().ToString();
        var row = await unit.FirstOrDefaultAsync<InsertedRow>(Insert, new
        {
            EventId = eventId,
            incoming.DeliveryKey,
            read.LocationId,
            read.MessageKey,
            read.Type,
            read.ConversationId,
            read.ContactId,
            Status = status,
            incoming.Raw,
            ReceivedAt = incoming.ReceivedAt.ToUnixTimeMilliseconds(),
            // Only what a turn will answer stays open, and only that makes an earlier reply stale.
            Open = status == EventStatus.Accepted && read.Inbound is not null && !isLate ? 1L : 0L,
            TextHash = textHash,
            FoundTextHash = incoming.IsFound ? TextHashOf(read) : null,
            FoundSentAt = incoming.IsFound ? read.Inbound?.SentAt?.ToUnixTimeMilliseconds() : null,
            LikeFound = incoming.IsFound || read.Type == WorkflowEvents.Type || read.Inbound?.SentAt is null ? null : TextHashOf(read),
            SentAt = read.Inbound?.SentAt?.ToUnixTimeMilliseconds() ?? 0L,
            Tolerance = (long)FoundMessages.SameTime.TotalMilliseconds,
        });
        if (row is null)
        {
            await unit.ExecuteAsync(CountDelivery, new { incoming.DeliveryKey, read.LocationId, read.MessageKey });
            return false;
        }
        var acceptedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.AcceptedAt);
        var stored = new StoredEvent
        {
            EventId = eventId,
            Seq = row.Seq,
            LocationId = read.LocationId,
            ContactId = read.ContactId,
            Location = location,
            ReceivedAt = incoming.ReceivedAt,
            AcceptedAt = acceptedAt,
            At = happened < acceptedAt ? happened : acceptedAt,
            IsLate = isLate,
        };
        if (status == EventStatus.Accepted)
        {
            foreach (var meaning in read.Meanings)
            {
                await effects.ApplyAsync(unit, stored, meaning);
            }
        }
        else if (status == EventStatus.InactiveLocation && read.Inbound is { } inbound)
        {
            // The location may come back; the lead's word still counts then.
            await OptOutEffect.ApplyAsync(unit, stored, inbound);
        }
        Failpoint.Hit("G2");
        return true;
    }

    private static async Task<bool> WasFoundAsync(UnitOfWork unit, IncomingEvent incoming)
    {
        if (incoming.Event.Inbound is not { } text || (text.MessageId is not null && !incoming.IsFound && !text.IsOptOut && !text.IsOptIn))
        {
            return false;
        }
        // A STOP too: its effect locks the contact, and all who lock both must take the contact before the message.
        await FoundMessages.LockAsync(unit, incoming.Event.LocationId, text.ContactId);
        return incoming.IsFound && await FoundMessages.IsKnownAsync(unit, incoming.Event, text);
    }

    private static string? TextHashOf(GhlEvent read) => read.Inbound is { } text ? BodyHash.Of(text.Text) : null;

    // No second look for messages that were found before: almost never there are any, and this way it costs no round trip.
    private const string Insert =
        """
        INSERT INTO inbound_event (event_id, delivery_key, location_id, message_key, type, conversation_id, contact_id, status, raw,
          received_at, accepted_at, settled_at, awaits_turn, text_hash, found_text_hash, found_sent_at)
        SELECT @EventId, @DeliveryKey, @LocationId, @MessageKey, @Type, @ConversationId, @ContactId, @Status, @Raw,
          @ReceivedAt, now_ms(), CASE WHEN @Open = 1 THEN 0 ELSE now_ms() END, @Open, @TextHash, @FoundTextHash, @FoundSentAt
        WHERE NOT EXISTS (SELECT 1 FROM inbound_event found WHERE found.location_id = @LocationId AND found.contact_id = @ContactId
          AND found.found_text_hash = @LikeFound AND found.found_sent_at BETWEEN @SentAt - @Tolerance AND @SentAt + @Tolerance)
        ON CONFLICT DO NOTHING
        RETURNING seq, accepted_at
        """;

    private const string CountDelivery =
        """
        UPDATE inbound_event SET deliveries = deliveries + 1
        WHERE delivery_key = @DeliveryKey OR (location_id = @LocationId AND message_key = @MessageKey)
        """;

    private sealed record InsertedRow
    {
        public long Seq { get; init; }

        public long AcceptedAt { get; init; }
    }
}
