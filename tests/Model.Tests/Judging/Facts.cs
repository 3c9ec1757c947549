using Dapper;
using EnterpriseHub.Model.Tests.Ports;

namespace EnterpriseHub.Model.Tests.Judging;

/// <summary>A turn as the orchestrator has it, with the gateway's ledger row.</summary>
internal sealed record TurnFacts
{
    public string TurnId { get; init; } = "";

    public string ConversationId { get; init; } = "";

    public long AnswersUpTo { get; init; }

    public long Epoch { get; init; }

    public string Decision { get; init; } = "";

    public string Reason { get; init; } = "";

    public string Delivery { get; init; } = "";

    /// <summary>State in the ledger; null: there is no row.</summary>
    public string? State { get; set; }

    public string? StateReason { get; set; }
}

/// <summary>An accepted text and where the orchestrator put it; arrival null: nowhere.</summary>
internal sealed record TextFacts(string MessageKey, string ConversationId, long? Arrival);

/// <summary>Reads what the product believes, to compare it with what GHL has.</summary>
internal static class FactReader
{
    public static IReadOnlyList<TurnFacts> Turns(ModelStore store)
    {
        var turns = store.Schema("orchestrator").Query<TurnFacts>(
            """
            SELECT turn_id AS TurnId, conversation_id AS ConversationId, answers_up_to AS AnswersUpTo, epoch AS Epoch, decision AS Decision,
              reason AS Reason, delivery AS Delivery
            FROM turn ORDER BY conversation_id, answers_up_to, epoch
            """).AsList();
        var ledger = store.Schema("gateway").Query<(string TurnId, string State, string? Reason)>("SELECT turn_id, state, reason FROM outbound_message")
            .ToDictionary(row => row.TurnId);
        foreach (var turn in turns)
        {
            if (ledger.TryGetValue(turn.TurnId, out var row))
            {
                (turn.State, turn.StateReason) = (row.State, row.Reason);
            }
        }
        return turns;
    }

    public static IReadOnlyList<TextFacts> Texts(ModelStore store)
    {
        var arrivals = store.Schema("orchestrator").Query<(string EventId, long Arrival)>("SELECT event_id, arrival FROM message WHERE direction = 'lead'")
            .ToDictionary(row => row.EventId, row => row.Arrival);
        return
        [
            .. store.Schema("gateway").Query<(string Key, string Conversation, string EventId)>(
                    "SELECT message_key, conversation_id, event_id FROM inbound_event WHERE type = 'InboundMessage'")
                .Select(row => new TextFacts(row.Key, row.Conversation, arrivals.TryGetValue(row.EventId, out var arrival) ? arrival : null)),
        ];
    }
}
