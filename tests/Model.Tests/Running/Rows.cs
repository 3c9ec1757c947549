using Dapper;
using EnterpriseHub.Model.Tests.Ports;

namespace EnterpriseHub.Model.Tests.Running;

/// <summary>Looks into the product's tables from outside.</summary>
internal static class Rows
{
    public static string ConversationOf(ModelStore store, string turnId) =>
        store.Schema("gateway").ExecuteScalar<string>("SELECT conversation_id FROM outbound_message WHERE turn_id = @turnId", new { turnId })!;

    /// <summary>Work that is not over, in words; empty: none.</summary>
    public static string Open(ModelStore store)
    {
        var open = store.Schema("gateway").Query<string>(
            """
            SELECT 'reply ' || turn_id || ' is ' || state || COALESCE(' (' || reason || ')', '') FROM outbound_message WHERE state IN ('planned', 'sending', 'unknown')
            UNION ALL SELECT 'event ' || seq || ' waits for its turn' FROM inbound_event WHERE settled_at = 0
            UNION ALL SELECT 'a row is in the gateway''s outbox' FROM outbox
            """).Concat(store.Schema("orchestrator").Query<string>(
            """
            SELECT 'conversation ' || conversation_id || ' waits for a turn' FROM conversation WHERE arrived > answered
            UNION ALL SELECT 'turn ' || turn_id || ' was never settled' FROM turn WHERE delivery = 'pending'
            UNION ALL SELECT 'a row is in the orchestrator''s outbox' FROM outbox
            """));
        return string.Join("; ", open);
    }

    /// <summary>When the sweeps have something to do next, Unix milliseconds; null: never.</summary>
    public static long? NextDue(ModelStore store)
    {
        var gateway = store.Schema("gateway").ExecuteScalar<long?>(
            """
            SELECT MIN(due) FROM (
              SELECT due_at AS due FROM outbound_message WHERE state IN ('planned', 'sending', 'unknown')
              UNION ALL SELECT accepted_at + 60000 * (rings + 1) * (rings + 2) / 2 FROM inbound_event WHERE settled_at = 0 AND status = 'accepted')
            """);
        var orchestrator = store.Schema("orchestrator").ExecuteScalar<long?>(
            """
            SELECT MIN(due) FROM (
              SELECT CASE WHEN lease_until > due_at + 1000 THEN lease_until ELSE due_at + 1000 END AS due FROM conversation WHERE arrived > answered
              UNION ALL SELECT ring_at + 60000 FROM turn WHERE delivery = 'pending')
            """);
        return gateway is null ? orchestrator : orchestrator is null ? gateway : Math.Min(gateway.Value, orchestrator.Value);
    }
}
