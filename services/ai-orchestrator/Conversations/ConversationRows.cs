using System.Text.Json;

namespace EnterpriseHub.AiOrchestrator.Conversations;

internal sealed record SummaryRow
{
    public const string Sql =
        """
        SELECT c.location_id, c.conversation_id, c.contact_id, c.channel, c.arrived - c.answered AS waiting, c.attempts, c.updated_at,
          COALESCE(l.mode, 'lead') AS mode, COALESCE(l.temperature, 'cold') AS temperature,
          CASE WHEN COALESCE(l.opted_out_at, 0) > COALESCE(l.opted_in_at, 0) THEN 1 ELSE 0 END AS opted_out
        FROM conversation c LEFT JOIN lead l ON l.location_id = c.location_id AND l.contact_id = c.contact_id
        WHERE c.location_id = @locationId AND (CAST(@conversationId AS TEXT) IS NULL OR c.conversation_id = @conversationId)
        """;

    public string LocationId { get; init; } = "";

    public string ConversationId { get; init; } = "";

    public string ContactId { get; init; } = "";

    public string Channel { get; init; } = "";

    public string Mode { get; init; } = "";

    public string Temperature { get; init; } = "";

    public long Waiting { get; init; }

    public long Attempts { get; init; }

    public long OptedOut { get; init; }

    public long UpdatedAt { get; init; }

    public ConversationSummary ToView() => new()
    {
        LocationId = LocationId, ConversationId = ConversationId, ContactId = ContactId, Channel = Channel, Mode = Mode, Temperature = Temperature,
        Waiting = Waiting, Attempts = Attempts, OptedOut = OptedOut == 1, UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
    };
}

internal sealed record MessageRow
{
    public const string Sql =
        """
        SELECT event_id, direction, text, attachments, sent_at, turn_id FROM message
        WHERE location_id = @locationId AND conversation_id = @conversationId ORDER BY sent_at DESC, seq DESC LIMIT 200
        """;

    public string EventId { get; init; } = "";

    public string Direction { get; init; } = "";

    public string Text { get; init; } = "";

    public long Attachments { get; init; }

    public long SentAt { get; init; }

    public string? TurnId { get; init; }

    public MessageView ToView() => new()
    {
        Id = EventId, Direction = Direction, Text = Text, Attachments = Attachments, TurnId = TurnId, SentAt = DateTimeOffset.FromUnixTimeMilliseconds(SentAt),
    };
}

internal sealed record TurnRow
{
    public const string Sql =
        """
        SELECT turn_id, answers_up_to_seq, decision, reason, reply, asks, mode, temperature, delivery, delivery_reason, analysis, facts, steps,
          stages, delivery_stages, cost_micro_usd, received_at, decided_at
        FROM turn WHERE location_id = @locationId AND conversation_id = @conversationId ORDER BY answers_up_to DESC LIMIT 100
        """;

    public string TurnId { get; init; } = "";

    public long AnswersUpToSeq { get; init; }

    public string Decision { get; init; } = "";

    public string Reason { get; init; } = "";

    public string? Reply { get; init; }

    public string? Asks { get; init; }

    public string Mode { get; init; } = "";

    public string Temperature { get; init; } = "";

    public string Delivery { get; init; } = "";

    public string? DeliveryReason { get; init; }

    public string Analysis { get; init; } = "{}";

    public string Facts { get; init; } = "{}";

    public string Steps { get; init; } = "[]";

    public string Stages { get; init; } = "{}";

    public string DeliveryStages { get; init; } = "{}";

    public long CostMicroUsd { get; init; }

    public long ReceivedAt { get; init; }

    public long DecidedAt { get; init; }

    public TurnView ToView() => new()
    {
        TurnId = TurnId, AnswersUpToSeq = AnswersUpToSeq, Decision = Decision, Reason = Reason, Reply = Reply, Asks = Asks, Mode = Mode,
        Temperature = Temperature, Delivery = Delivery, DeliveryReason = DeliveryReason, CostMicroUsd = CostMicroUsd,
        Analysis = Json(Analysis), Facts = Json(Facts), Steps = Json(Steps), Stages = TurnStageViews.Of(this),
        ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(ReceivedAt), DecidedAt = DateTimeOffset.FromUnixTimeMilliseconds(DecidedAt),
    };

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
