using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.RelayOutbox;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>Writes a reply into the ledger once, however often its command arrives.</summary>
internal static class ReplyPlan
{
    public static void Store(UnitOfWork unit, SendReply command)
    {
        Insert(unit, command);
        // At once, not when TurnDecided comes: the gate must know which of the lead's messages no turn has taken.
        AnsweredMessages.SettleWhilePlanned(unit, command);
    }

    private static void Insert(UnitOfWork unit, SendReply command) => unit.Add(
        """
        INSERT INTO outbound_message (turn_id, part, location_id, conversation_id, contact_id, channel, body, body_hash, answers_up_to_seq,
          epoch, follows, state, due_at, received_at, decided_at, planned_at)
        VALUES (@TurnId, 0, @LocationId, @ConversationId, @ContactId, @Channel, @Text, @hash, @AnswersUpToSeq,
          @Epoch, @follows, 'planned', now_ms(), @received, @decided, now_ms())
        ON CONFLICT DO NOTHING
        """,
        new
        {
            command.TurnId,
            command.LocationId,
            command.ConversationId,
            command.ContactId,
            command.Channel,
            command.Text,
            hash = BodyHash.Of(command.Text),
            command.AnswersUpToSeq,
            command.Epoch,
            follows = string.Join(' ', command.Follows),
            received = command.ReceivedAt.ToUnixTimeMilliseconds(),
            decided = command.DecidedAt.ToUnixTimeMilliseconds(),
        });
}
