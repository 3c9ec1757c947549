using EnterpriseHub.AiOrchestrator.Claude;
using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>Writes model calls and the location's spending of the day.</summary>
internal static class SpendRows
{
    public static void Insert(UnitOfWork unit, ConversationKey key, string turnId, IReadOnlyList<ModelCall> calls)
    {
        foreach (var call in calls)
        {
            unit.Add(
                """
                INSERT INTO model_call (call_id, turn_id, location_id, conversation_id, purpose, model, input_tokens, output_tokens,
                  cache_write_tokens, cache_read_tokens, cost_micro_usd, ms, outcome, at)
                VALUES (@CallId, @turnId, @LocationId, @ConversationId, @Purpose, @Model, @Input, @Output,
                  @CacheWrite, @CacheRead, @CostMicroUsd, @Ms, @Outcome, now_ms())
                """,
                new
                {
                    call.CallId, turnId, key.LocationId, key.ConversationId, call.Purpose, call.Model, call.Tokens.Input, call.Tokens.Output,
                    call.Tokens.CacheWrite, call.Tokens.CacheRead, call.CostMicroUsd, call.Ms, call.Outcome,
                });
        }
        var cost = calls.Sum(call => call.CostMicroUsd);
        if (cost > 0)
        {
            unit.Add(
                """
                INSERT INTO spend (location_id, day, cost_micro_usd) VALUES (@LocationId, now_ms() / 86400000, @cost)
                ON CONFLICT (location_id, day) DO UPDATE SET cost_micro_usd = spend.cost_micro_usd + @cost
                """,
                new { key.LocationId, cost });
        }
    }
}
