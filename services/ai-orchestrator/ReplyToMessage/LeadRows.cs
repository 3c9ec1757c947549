using EnterpriseHub.AiOrchestrator.Qualification;
using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>Writes what a turn made known of a lead. A silent turn leaves the lead as they were.</summary>
internal static class LeadRows
{
    public static void Update(UnitOfWork unit, TurnRecord record)
    {
        var (verdict, turn) = (record.Outcome.Verdict, record.Turn);
        if (verdict.Decision is Decision.StaySilent)
        {
            return;
        }
        unit.Add(
            """
            INSERT INTO lead (location_id, contact_id, mode, temperature, language, updated_at)
            VALUES (@LocationId, @ContactId, @mode, @temperature, @language, now_ms())
            ON CONFLICT (location_id, contact_id) DO UPDATE SET
              mode = excluded.mode, temperature = excluded.temperature, language = excluded.language, updated_at = now_ms()
            """,
            new
            {
                turn.Key.LocationId, turn.ContactId, mode = verdict.Mode.Code(), temperature = verdict.Temperature.Code(), language = verdict.Language.Code(),
            });
        foreach (var (field, value) in verdict.Qualification.ChangedSince(record.Outcome.Facts.Qualification))
        {
            unit.Add(
                """
                INSERT INTO qualification (location_id, contact_id, field, value, evidence, turn_id, updated_at)
                VALUES (@LocationId, @ContactId, @field, @value, @evidence, @TurnId, now_ms())
                ON CONFLICT (location_id, contact_id, field) DO UPDATE SET
                  value = excluded.value, evidence = excluded.evidence, turn_id = excluded.turn_id, updated_at = now_ms()
                """,
                new { turn.Key.LocationId, turn.ContactId, field, value, evidence = turn.Unanswered[^1].EventId, record.TurnId });
        }
    }

    public static void Enrolled(UnitOfWork unit, TurnRecord record, string workflowId) => unit.Add(
        """
        INSERT INTO lead_workflow (location_id, contact_id, workflow_id, turn_id) VALUES (@LocationId, @ContactId, @workflowId, @TurnId)
        ON CONFLICT DO NOTHING
        """,
        new { record.Turn.Key.LocationId, record.Turn.ContactId, workflowId, record.TurnId });
}
