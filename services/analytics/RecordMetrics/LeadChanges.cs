using System.Text.Json;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Contracts.Scoring;

namespace EnterpriseHub.Analytics.RecordMetrics;

/// <summary>How each fact changes its row of <c>lead</c>. Facts may come in any order: each statement lets only the newer one through.</summary>
internal static class LeadChanges
{
    public static RowChange Wrote(InboundMessageAccepted message) => Change(
        message.LocationId, message.ContactId,
        """
        INSERT INTO lead (location_id, contact_id, conversation_id, messages, last_at, last_seq)
        VALUES (@LocationId, @ContactId, @ConversationId, 1, @At, @Seq)
        ON CONFLICT (location_id, contact_id) DO UPDATE SET
          messages = lead.messages + 1,
          conversation_id = CASE WHEN excluded.last_seq >= lead.last_seq THEN excluded.conversation_id ELSE lead.conversation_id END,
          last_at = CASE WHEN excluded.last_at > lead.last_at THEN excluded.last_at ELSE lead.last_at END,
          last_seq = CASE WHEN excluded.last_seq > lead.last_seq THEN excluded.last_seq ELSE lead.last_seq END
        """,
        new { message.LocationId, message.ContactId, message.ConversationId, At = message.SentAt.ToUnixTimeMilliseconds(), message.Seq });

    public static RowChange Decided(TurnDecided turn) => Change(
        turn.LocationId, turn.ContactId,
        """
        INSERT INTO lead (location_id, contact_id, conversation_id, mode, temperature, qualification, decision, decision_reason, turn_seq, cost_micro_usd)
        VALUES (@LocationId, @ContactId, @ConversationId, @Mode, @Temperature, @Qualification, @Decision, @Reason, @Seq, @Cost)
        ON CONFLICT (location_id, contact_id) DO UPDATE SET
          conversation_id = CASE WHEN lead.conversation_id IS NULL THEN excluded.conversation_id ELSE lead.conversation_id END,
          mode = CASE WHEN excluded.turn_seq >= lead.turn_seq THEN excluded.mode ELSE lead.mode END,
          temperature = CASE WHEN excluded.turn_seq >= lead.turn_seq THEN excluded.temperature ELSE lead.temperature END,
          qualification = CASE WHEN excluded.turn_seq >= lead.turn_seq THEN excluded.qualification ELSE lead.qualification END,
          decision = CASE WHEN excluded.turn_seq >= lead.turn_seq THEN excluded.decision ELSE lead.decision END,
          decision_reason = CASE WHEN excluded.turn_seq >= lead.turn_seq THEN excluded.decision_reason ELSE lead.decision_reason END,
          turn_seq = CASE WHEN excluded.turn_seq > lead.turn_seq THEN excluded.turn_seq ELSE lead.turn_seq END,
          cost_micro_usd = lead.cost_micro_usd + excluded.cost_micro_usd
        """,
        new
        {
            turn.LocationId,
            turn.ContactId,
            turn.ConversationId,
            turn.Mode,
            turn.Temperature,
            Qualification = JsonSerializer.Serialize(turn.Qualification),
            turn.Decision,
            turn.Reason,
            Seq = turn.AnswersUpToSeq,
            Cost = turn.CostMicroUsd,
        });

    public static RowChange Settled(ReplySettled reply, string state) => Change(
        reply.LocationId, reply.ContactId,
        """
        UPDATE lead SET reply_state = @state, reply_reason = @Reason, reply_seq = @AnswersUpToSeq
        WHERE location_id = @LocationId AND contact_id = @ContactId AND reply_seq <= @AnswersUpToSeq
        """,
        new { reply.LocationId, reply.ContactId, state, reply.Reason, reply.AnswersUpToSeq });

    public static RowChange Scored(LeadScored scored) => Change(
        scored.LocationId, scored.ContactId,
        scored.Score is null
            ? "UPDATE lead SET score = NULL, reasons = '[]', score_at = @At WHERE location_id = @LocationId AND contact_id = @ContactId AND score_at <= @At"
            : """
              INSERT INTO lead (location_id, contact_id, score, reasons, model, score_at) VALUES (@LocationId, @ContactId, @Score, @Reasons, @Model, @At)
              ON CONFLICT (location_id, contact_id) DO UPDATE
              SET score = excluded.score, reasons = excluded.reasons, model = excluded.model, score_at = excluded.score_at
              WHERE lead.score_at <= excluded.score_at
              """,
        new
        {
            scored.LocationId,
            scored.ContactId,
            Score = (long?)scored.Score,
            Reasons = JsonSerializer.Serialize(scored.Reasons, JsonSerializerOptions.Web),
            scored.Model,
            At = scored.At.ToUnixTimeMilliseconds(),
        });

    public static RowChange OptedOut(OptOutRecorded change) => Change(
        change.LocationId, change.ContactId,
        """
        INSERT INTO lead (location_id, contact_id, opted_out, opted_out_at) VALUES (@LocationId, @ContactId, @OptedOut, @At)
        ON CONFLICT (location_id, contact_id) DO UPDATE SET opted_out = excluded.opted_out, opted_out_at = excluded.opted_out_at
        WHERE lead.opted_out_at <= excluded.opted_out_at
        """,
        new { change.LocationId, change.ContactId, OptedOut = change.OptedOut ? 1L : 0L, At = change.At.ToUnixTimeMilliseconds() });

    public static RowChange TakenOver(OutboundMessageObserved message) => Change(
        message.LocationId, message.ContactId,
        "UPDATE lead SET human_seq = @Seq WHERE location_id = @LocationId AND contact_id = @ContactId AND human_seq < @Seq",
        new { message.LocationId, message.ContactId, message.Seq });

    public static RowChange Deleted(ContactChanged change) => Change(
        change.LocationId, change.ContactId,
        "DELETE FROM lead WHERE location_id = @LocationId AND contact_id = @ContactId",
        new { change.LocationId, change.ContactId });

    private static RowChange Change(string locationId, string contactId, string sql, object arguments) =>
        new($"lead/{locationId}/{contactId}", sql, arguments);
}
