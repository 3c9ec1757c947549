using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Analytics.RecordMetrics;

/// <summary>Adds facts to the books: counts summed first, every table's rows in one order.</summary>
internal static class FactRows
{
    public static void Add(UnitOfWork unit, IReadOnlyList<FactSet> facts)
    {
        var counts = facts.GroupBy(fact => fact.Count)
            .OrderBy(group => group.Key.ToString(), StringComparer.Ordinal)
            .Select(group => new
            {
                group.Key.LocationId,
                group.Key.Minute,
                group.Key.Name,
                group.Key.Outcome,
                group.Key.Reason,
                Count = group.LongCount(),
                Amount = group.Sum(fact => fact.Amount),
            });
        foreach (var count in counts)
        {
            unit.Add(
                """
                INSERT INTO fact_count (location_id, minute, name, outcome, reason, count, amount)
                VALUES (@LocationId, @Minute, @Name, @Outcome, @Reason, @Count, @Amount)
                ON CONFLICT (location_id, minute, name, outcome, reason)
                DO UPDATE SET count = fact_count.count + excluded.count, amount = fact_count.amount + excluded.amount
                """,
                count);
        }
        // Stable: changes of one row stay in the order in which their messages came.
        foreach (var row in facts.SelectMany(fact => fact.Rows).OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            unit.Add(row.Sql, row.Arguments);
        }
        foreach (var sample in facts.SelectMany(fact => fact.Samples))
        {
            unit.Add(
                """
                INSERT INTO latency_sample (location_id, family, name, outcome, ms, at)
                VALUES (@LocationId, @Family, @Name, @Outcome, @Ms, @At)
                """,
                sample);
        }
        foreach (var happened in facts.Select(fact => fact.Activity).OfType<Happened>())
        {
            unit.Add(
                """
                INSERT INTO activity (location_id, kind, outcome, reason, contact_id, conversation_id, amount, at)
                VALUES (@LocationId, @Kind, @Outcome, @Reason, @ContactId, @ConversationId, @Amount, @At)
                """,
                happened);
        }
    }
}
