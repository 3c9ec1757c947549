namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>The conversation, its lead and today's spending in one read.</summary>
internal sealed record ConversationRow
{
    /// <summary>The last arrival that is answered for good: a turn's messages stay answered unless its reply was overtaken.</summary>
    public const string FloorSql =
        """
        COALESCE((SELECT MAX(f.answers_up_to) FROM turn f WHERE f.location_id = @LocationId AND f.conversation_id = @ConversationId
            AND f.delivery <> 'superseded'), 0)
        """;

    public const string Sql =
        $"""
        SELECT c.contact_id, c.channel, c.profile, c.arrived, c.answered, c.last_inbound_seq, c.due_at, c.first_unanswered_at, c.attempts,
          l.mode, l.temperature, l.language, COALESCE(l.opted_out_at, 0) AS opted_out_at, COALESCE(l.opted_in_at, 0) AS opted_in_at,
          COALESCE((SELECT s.cost_micro_usd FROM spend s WHERE s.location_id = c.location_id AND s.day = now_ms() / 86400000), 0) AS spent_micro_usd,
          {FloorSql} AS floor,
          COALESCE((SELECT MAX(m.sent_at) FROM message m WHERE m.location_id = c.location_id AND m.conversation_id = c.conversation_id
            AND m.direction = 'human'), 0) AS human_at,
          COALESCE((SELECT MAX(t.decided_at) FROM turn t WHERE t.location_id = c.location_id AND t.conversation_id = c.conversation_id
            AND t.decision = 'hand_over' AND t.delivery <> 'superseded'), 0) AS handed_over_at,
          (SELECT COUNT(*) FROM turn t WHERE t.location_id = c.location_id AND t.conversation_id = c.conversation_id
            AND t.delivery = 'superseded') AS superseded,
          (SELECT COUNT(*) FROM turn t WHERE t.location_id = c.location_id AND t.conversation_id = c.conversation_id
            AND t.delivery = 'pending') AS pending_turns,
          (SELECT t.turn_id FROM turn t WHERE t.location_id = c.location_id AND t.conversation_id = c.conversation_id
            AND t.delivery = 'pending' AND t.decided_at > now_ms() - 60000 ORDER BY t.answers_up_to DESC LIMIT 1) AS pending_turn_id,
          now_ms() AS now
        FROM conversation c LEFT JOIN lead l ON l.location_id = c.location_id AND l.contact_id = c.contact_id
        WHERE c.location_id = @LocationId AND c.conversation_id = @ConversationId AND c.epoch = @Epoch
        """;

    public string ContactId { get; init; } = "";

    public string Channel { get; init; } = "";

    public string Profile { get; init; } = "";

    public long Arrived { get; init; }

    public long Answered { get; init; }

    public long LastInboundSeq { get; init; }

    public long DueAt { get; init; }

    public long FirstUnansweredAt { get; init; }

    public long Attempts { get; init; }

    public long HumanAt { get; init; }

    public long HandedOverAt { get; init; }

    public string? Mode { get; init; }

    public string? Temperature { get; init; }

    public string? Language { get; init; }

    public long OptedOutAt { get; init; }

    public long OptedInAt { get; init; }

    public long SpentMicroUsd { get; init; }

    public long Floor { get; init; }

    public long Superseded { get; init; }

    public long PendingTurns { get; init; }

    public string? PendingTurnId { get; init; }

    public long Now { get; init; }
}

/// <summary>One message as stored.</summary>
internal sealed record SaidRow
{
    private const string Columns = "m.event_id, m.arrival, m.direction, m.text, m.seq, m.attachments, m.is_opt_out, m.is_late, m.sent_at, m.received_at, "
        + "m.stored_at, m.published_at, m.picked_up_at";

    public const string Unanswered =
        $"""
        SELECT {Columns} FROM message m
        WHERE m.location_id = @LocationId AND m.conversation_id = @ConversationId AND m.direction = 'lead'
          AND m.arrival > {ConversationRow.FloorSql}
        ORDER BY m.sent_at, m.seq
        """;

    // What an overtaken turn would have said was never said.
    public const string History =
        $"""
        SELECT {Columns} FROM message m LEFT JOIN turn t ON t.turn_id = m.turn_id
        WHERE m.location_id = @LocationId AND m.conversation_id = @ConversationId AND NOT (m.direction = 'lead' AND m.arrival > {ConversationRow.FloorSql})
          AND (t.turn_id IS NULL OR t.delivery IN ('pending', 'sent', 'held'))
        ORDER BY m.sent_at DESC, m.seq DESC LIMIT @most
        """;

    public string EventId { get; init; } = "";

    public long Arrival { get; init; }

    public string Direction { get; init; } = "";

    public string Text { get; init; } = "";

    public long Seq { get; init; }

    public long Attachments { get; init; }

    public long IsOptOut { get; init; }

    public long IsLate { get; init; }

    public long SentAt { get; init; }

    public long ReceivedAt { get; init; }

    public long StoredAt { get; init; }

    public long PublishedAt { get; init; }

    public long PickedUpAt { get; init; }

    public Said ToSaid() => new()
    {
        EventId = EventId, Direction = Direction, Text = Text, Seq = Seq, Attachments = Attachments,
        IsOptOut = IsOptOut == 1, IsLate = IsLate == 1, SentAt = SentAt, ReceivedAt = ReceivedAt, StoredAt = StoredAt, PublishedAt = PublishedAt, PickedUpAt = PickedUpAt,
    };
}

/// <summary>How often a question was asked.</summary>
internal sealed record AskedRow
{
    public const string Sql =
        """
        SELECT asks, COUNT(*) AS times FROM turn
        WHERE location_id = @LocationId AND asks IS NOT NULL AND delivery IN ('pending', 'sent', 'held')
          AND contact_id = (SELECT c.contact_id FROM conversation c WHERE c.location_id = @LocationId AND c.conversation_id = @ConversationId)
        GROUP BY asks
        """;

    public string Asks { get; init; } = "";

    public long Times { get; init; }
}
