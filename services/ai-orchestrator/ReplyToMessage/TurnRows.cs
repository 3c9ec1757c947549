using System.Text.Json;
using EnterpriseHub.AiOrchestrator.Qualification;
using EnterpriseHub.AiOrchestrator.Storage;
using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>Writes a turn and what the assistant says in it.</summary>
internal static class TurnRows
{
    public static void Insert(UnitOfWork unit, TurnRecord record)
    {
        var decided = record.Decided();
        unit.Add(
            """
            INSERT INTO turn (turn_id, location_id, conversation_id, contact_id, channel, answers_up_to_seq, answers_up_to, epoch, decision, reason,
              reply, follows, asks, mode, temperature, delivery, analysis, facts, steps, cost_micro_usd, received_at, decided_at, ring_at,
              stages)
            VALUES (@TurnId, @LocationId, @ConversationId, @ContactId, @Channel, @SeenSeq, @Seen, @Epoch, @Word, @Reason,
              @reply, @follows, @asks, @mode, @temperature, @delivery, @analysis, @facts, @steps, @CostMicroUsd, @ReceivedAt, @DecidedAt, @DecidedAt,
              @stages)
            """,
            new
            {
                record.TurnId, record.Turn.Key.LocationId, record.Turn.Key.ConversationId, record.Turn.ContactId, record.Turn.Channel,
                record.Loaded.SeenSeq, record.Loaded.Seen, record.Lease.Epoch, record.Decision.Word, record.Decision.Reason,
                reply = record.Decision.Reply, follows = Json(record.Loaded.Pending), asks = record.Decision.AsksKey,
                mode = record.Outcome.Verdict.Mode.Code(), temperature = record.Outcome.Verdict.Temperature.Code(),
                delivery = record.Decision.Reply is null ? "none" : "pending",
                analysis = Json(decided.Analysis), facts = Json(FactsOf(record)), steps = Json(decided.Steps),
                stages = Json(record.Stages.ToDictionary(reached => reached.Stage, reached => reached.Ms)),
                record.CostMicroUsd, record.ReceivedAt, record.DecidedAt,
            });
        if (record.Decision.Reply is { } said)
        {
            unit.Add(
                """
                INSERT INTO message (location_id, event_id, conversation_id, seq, direction, text, sent_at, received_at, turn_id)
                VALUES (@LocationId, @TurnId, @ConversationId, @SeenSeq, 'assistant', @said, @DecidedAt, @DecidedAt, @TurnId)
                """,
                new { record.Turn.Key.LocationId, record.Turn.Key.ConversationId, record.TurnId, record.Loaded.SeenSeq, said, record.DecidedAt });
        }
    }

    private static object FactsOf(TurnRecord record) => new
    {
        told = record.Outcome.Facts.Analysis?.Facts ?? new Dictionary<string, string>(),
        changed = record.Outcome.Verdict.Qualification.ChangedSince(record.Outcome.Facts.Qualification),
        language = record.Outcome.Verdict.Language.Code(),
        score = record.Outcome.Facts.Score?.Score,
        marketAsOf = record.Outcome.Facts.Market?.AsOf,
        contactKnown = record.Outcome.Facts.Contact.Known,
        draftProblem = record.Outcome.Facts.Draft?.Problem,
        degraded = record.Degraded(),
        messages = record.Turn.Unanswered.Count,
    };

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, OrchestratorJson.Options);
}
