using System.Text.Json;
using EnterpriseHub.AiOrchestrator.Storage;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>Stores a message of a lead once and takes the conversation's lease if it is free, in one transaction.</summary>
internal sealed class ReceiveMessage(OrchestratorDatabase database, TurnLeases leases, IOptions<OrchestratorOptions> options, TimeProvider time)
{
    /// <param name="message">What the lead wrote.</param>
    /// <param name="publishedAt">When the gateway handed it to the bus; null where that is not known.</param>
    /// <param name="cancellation">Ends it; the message comes again.</param>
    /// <returns>The lease; null when somebody thinks already or the message is answered.</returns>
    public async Task<Lease?> RunAsync(InboundMessageAccepted message, DateTimeOffset? publishedAt, CancellationToken cancellation)
    {
        var pickedUpAt = time.GetUtcNow();
        var key = new ConversationKey(message.LocationId, message.ConversationId);
        Lease? lease = null;
        var stored = await database.TryWriteAsync(
            async unit =>
            {
                var owner = TurnLeases.NewOwner();
                Bump(unit, message, owner);
                Insert(unit, message, publishedAt, pickedUpAt);
                var row = (await unit.FirstOrDefaultAsync<Received>(
                    """
                    SELECT c.arrived, c.epoch, c.lease_owner, m.arrival FROM conversation c
                    JOIN message m ON m.location_id = c.location_id AND m.event_id = @EventId
                    WHERE c.location_id = @LocationId AND c.conversation_id = @ConversationId
                    """,
                    new { message.LocationId, message.ConversationId, message.EventId }))!;
                lease = row.LeaseOwner == owner ? new Lease(key, row.Epoch) : null;
                // It was here before: its count is rolled back.
                return row.Arrival == row.Arrived;
            },
            cancellation);
        return stored ? lease : await leases.TakeAsync(key, cancellation);
    }

    private void Bump(UnitOfWork unit, InboundMessageAccepted message, string owner) => unit.Add(
            """
            INSERT INTO conversation (location_id, conversation_id, contact_id, channel, profile, profile_seq, arrived, last_inbound_seq,
              due_at, first_unanswered_at, lease_owner, lease_until, epoch, updated_at)
            VALUES (@LocationId, @ConversationId, @ContactId, @Channel, @profile, @Seq, 1, @Seq,
              now_ms() + @first, now_ms(), @owner, now_ms() + @leaseMs, 1, now_ms())
            ON CONFLICT (location_id, conversation_id) DO UPDATE SET
              arrived = conversation.arrived + 1,
              contact_id = CASE WHEN @Seq >= conversation.profile_seq THEN excluded.contact_id ELSE conversation.contact_id END,
              channel = CASE WHEN @Seq >= conversation.profile_seq THEN excluded.channel ELSE conversation.channel END,
              profile = CASE WHEN @Seq >= conversation.profile_seq THEN excluded.profile ELSE conversation.profile END,
              profile_seq = CASE WHEN @Seq >= conversation.profile_seq THEN @Seq ELSE conversation.profile_seq END,
              last_inbound_seq = CASE WHEN @Seq > conversation.last_inbound_seq THEN @Seq ELSE conversation.last_inbound_seq END,
              first_unanswered_at = CASE WHEN conversation.arrived = conversation.answered THEN now_ms() ELSE conversation.first_unanswered_at END,
              due_at = CASE
                WHEN conversation.arrived = conversation.answered THEN now_ms() + @first
                WHEN conversation.first_unanswered_at + @cap < now_ms() + @settle THEN conversation.first_unanswered_at + @cap
                ELSE now_ms() + @settle END,
              lease_owner = CASE WHEN conversation.lease_until < now_ms() THEN @owner ELSE conversation.lease_owner END,
              epoch = CASE WHEN conversation.lease_until < now_ms() THEN conversation.epoch + 1 ELSE conversation.epoch END,
              lease_until = CASE WHEN conversation.lease_until < now_ms() THEN now_ms() + @leaseMs ELSE conversation.lease_until END,
              updated_at = now_ms()
            """,
            new
            {
                message.LocationId, message.ConversationId, message.ContactId, message.Channel, message.Seq, owner,
                profile = JsonSerializer.Serialize(message.Location, OrchestratorJson.Options),
                settle = Settle(message), cap = Cap, first = Math.Min(Settle(message), Cap),
                leaseMs = (long)options.Value.Lease.TotalMilliseconds,
            });

    private static void Insert(UnitOfWork unit, InboundMessageAccepted message, DateTimeOffset? publishedAt, DateTimeOffset pickedUpAt) => unit.Add(
        """
        INSERT INTO message (location_id, event_id, conversation_id, seq, arrival, direction, text, attachments, is_opt_out, is_late, sent_at, received_at,
          stored_at, published_at, picked_up_at)
        SELECT @LocationId, @EventId, @ConversationId, @Seq, c.arrived, 'lead', @Text, @attachments, @optOut, @late, @sentAt, @receivedAt,
          @storedAt, @publishedAt, @pickedUpAt
        FROM conversation c WHERE c.location_id = @LocationId AND c.conversation_id = @ConversationId
        ON CONFLICT DO NOTHING
        """,
        new
        {
            message.LocationId, message.EventId, message.ConversationId, message.Seq, message.Text,
            attachments = (long)message.Attachments, optOut = message.IsOptOut ? 1L : 0L, late = message.IsLate ? 1L : 0L,
            sentAt = message.SentAt.ToUnixTimeMilliseconds(), receivedAt = message.ReceivedAt.ToUnixTimeMilliseconds(),
            storedAt = message.AcceptedAt.ToUnixTimeMilliseconds(), publishedAt = publishedAt?.ToUnixTimeMilliseconds() ?? 0L, pickedUpAt = pickedUpAt.ToUnixTimeMilliseconds(),
        });

    private long Cap => (long)options.Value.SettleCap.TotalMilliseconds;

    private static long Settle(InboundMessageAccepted message) => Math.Max(0, (long)message.Location.SettleWindow.TotalMilliseconds);

    private sealed record Received
    {
        public long Arrived { get; init; }

        /// <summary>Of the message; below <see cref="Arrived"/> where it was stored before.</summary>
        public long Arrival { get; init; }

        public long Epoch { get; init; }

        public string? LeaseOwner { get; init; }
    }
}
