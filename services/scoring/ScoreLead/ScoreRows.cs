using System.Text.Json;
using EnterpriseHub.Contracts.Scoring;
using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Scoring.ScoreLead;

/// <summary>The SQL of <c>lead_score</c>.</summary>
internal static class ScoreRows
{
    /// <summary>The store's clock: instances with crooked clocks agree on what is newer.</summary>
    public static async Task<DateTimeOffset> NowAsync(SqlSession session) =>
        DateTimeOffset.FromUnixTimeMilliseconds(await session.FirstOrDefaultAsync<long>("SELECT now_ms()"));

    /// <returns>True when score or reasons are new.</returns>
    public static async Task<bool> SaveAsync(UnitOfWork unit, LeadFeatures lead, int score, string reasons, DateTimeOffset now, DateTimeOffset? changesAt)
    {
        var row = new
        {
            lead.LocationId,
            lead.ContactId,
            Score = (long)score,
            Reasons = reasons,
            LeadScorer.Model,
            At = now.ToUnixTimeMilliseconds(),
            RescoreAt = changesAt?.ToUnixTimeMilliseconds() ?? 0,
        };
        var changed = await unit.ExecuteAsync(
            """
            INSERT INTO lead_score (location_id, contact_id, score, reasons, model, at)
            VALUES (@LocationId, @ContactId, @Score, @Reasons, @Model, @At)
            ON CONFLICT (location_id, contact_id) DO UPDATE
            SET score = excluded.score, reasons = excluded.reasons, model = excluded.model, at = excluded.at
            WHERE lead_score.score <> excluded.score OR lead_score.reasons <> excluded.reasons OR lead_score.model <> excluded.model
            """,
            row) == 1;
        unit.Add("UPDATE lead_score SET rescore_at = @RescoreAt WHERE location_id = @LocationId AND contact_id = @ContactId", row);
        return changed;
    }

    public static async Task<IReadOnlyList<(string LocationId, string ContactId)>> DueAsync(UnitOfWork unit) =>
        await unit.QueryAsync<(string, string)>(
            """
            SELECT location_id, contact_id FROM lead_score WHERE rescore_at > 0 AND rescore_at <= now_ms()
            ORDER BY location_id, contact_id LIMIT 100
            """);

    public static async Task<IReadOnlyList<LeadScored>> RankedAsync(SqlSession session, string? locationId, int limit) =>
    [
        .. (await session.QueryAsync<Row>(
            """
            SELECT location_id, contact_id, score, reasons, model, at FROM lead_score
            WHERE (@locationId IS NULL OR location_id = @locationId)
            ORDER BY score DESC, at DESC, contact_id LIMIT @limit
            """,
            new { locationId, limit })).Select(row => row.ToMessage()),
    ];

    private sealed record Row
    {
        public required string LocationId { get; init; }

        public required string ContactId { get; init; }

        public long Score { get; init; }

        public required string Reasons { get; init; }

        public required string Model { get; init; }

        public long At { get; init; }

        public LeadScored ToMessage() => new()
        {
            LocationId = LocationId,
            ContactId = ContactId,
            Score = (int)Score,
            Reasons = JsonSerializer.Deserialize<List<ScoreReason>>(Reasons, JsonSerializerOptions.Web)!,
            Model = Model,
            At = DateTimeOffset.FromUnixTimeMilliseconds(At),
        };
    }
}
