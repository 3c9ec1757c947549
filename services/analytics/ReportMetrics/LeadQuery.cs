using System.Text.Json;
using EnterpriseHub.Analytics.Storage;
using EnterpriseHub.Contracts.Scoring;

namespace EnterpriseHub.Analytics.ReportMetrics;

/// <summary>One lead of <c>GET /api/leads</c>. No name and no message: those are the conversation's.</summary>
internal sealed record Lead
{
    public required string LocationId { get; init; }

    public required string ContactId { get; init; }

    public string? ConversationId { get; init; }

    /// <summary><c>seller</c>, <c>buyer</c> or <c>lead</c>.</summary>
    public required string Mode { get; init; }

    /// <summary><c>hot</c>, <c>warm</c> or <c>cold</c>.</summary>
    public required string Temperature { get; init; }

    /// <summary>0 to 100; null before the first score.</summary>
    public long? Score { get; init; }

    /// <summary>What made the score, strongest first.</summary>
    public required IReadOnlyList<ScoreReason> Reasons { get; init; }

    /// <summary><c>open</c>, <c>needs_person</c>, <c>with_person</c> or <c>opted_out</c>.</summary>
    public required string State { get; init; }

    /// <summary>Messages the lead wrote.</summary>
    public long Messages { get; init; }

    /// <summary>When the lead last wrote, Unix milliseconds; 0 = never.</summary>
    public long LastAt { get; init; }

    /// <summary>Field to value, as the last turn left it; a value may quote the lead.</summary>
    public required IReadOnlyDictionary<string, string> Qualification { get; init; }

    /// <summary>How the last reply ended; null before the first.</summary>
    public string? ReplyState { get; init; }

    /// <summary>Why it ended so; null when sent.</summary>
    public string? ReplyReason { get; init; }

    /// <summary>Cost of all model calls for this lead, millionths of a US dollar.</summary>
    public long CostMicroUsd { get; init; }
}

/// <summary>Leads by score, best first; those without a score last.</summary>
internal sealed class LeadQuery(AnalyticsDatabase database)
{
    public Task<IReadOnlyList<Lead>> AskAsync(string? locationId, string? temperature, int limit, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<Lead>>(
        async session => [.. (await session.QueryAsync<Row>(
            """
            SELECT location_id, contact_id, conversation_id, mode, temperature, score, reasons, messages, last_at, qualification,
              reply_state, reply_reason, cost_micro_usd,
              CASE WHEN opted_out = 1 THEN 'opted_out' WHEN human_seq > turn_seq THEN 'with_person'
                WHEN decision = 'hand_over' OR reply_state = 'held' THEN 'needs_person' ELSE 'open' END AS state
            FROM lead
            WHERE (@locationId IS NULL OR location_id = @locationId) AND (@temperature IS NULL OR temperature = @temperature)
            ORDER BY CASE WHEN score IS NULL THEN 1 ELSE 0 END, score DESC, last_at DESC, location_id, contact_id LIMIT @limit
            """,
            new { locationId, temperature, limit })).Select(row => row.ToLead())],
        cancellation);

    private sealed record Row
    {
        public required string LocationId { get; init; }

        public required string ContactId { get; init; }

        public string? ConversationId { get; init; }

        public required string Mode { get; init; }

        public required string Temperature { get; init; }

        public long? Score { get; init; }

        public required string Reasons { get; init; }

        public required string State { get; init; }

        public long Messages { get; init; }

        public long LastAt { get; init; }

        public required string Qualification { get; init; }

        public string? ReplyState { get; init; }

        public string? ReplyReason { get; init; }

        public long CostMicroUsd { get; init; }

        public Lead ToLead() => new()
        {
            LocationId = LocationId,
            ContactId = ContactId,
            ConversationId = ConversationId,
            Mode = Mode,
            Temperature = Temperature,
            Score = Score,
            Reasons = JsonSerializer.Deserialize<List<ScoreReason>>(Reasons, JsonSerializerOptions.Web)!,
            State = State,
            Messages = Messages,
            LastAt = LastAt,
            Qualification = JsonSerializer.Deserialize<Dictionary<string, string>>(Qualification)!,
            ReplyState = ReplyState,
            ReplyReason = ReplyReason,
            CostMicroUsd = CostMicroUsd,
        };
    }
}
