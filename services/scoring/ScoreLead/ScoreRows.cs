using EnterpriseHub.Contracts.Scoring;
using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Scoring.ScoreLead;

/// <summary>The SQL of <c>lead_score</c>.</summary>
internal static class ScoreRows
{
    /// <summary>The store's clock: instances with crooked clocks agree on what is newer.</summary>
    public static async Task<DateTimeOffset> NowAsync(SqlSession session) =>
        DateTimeOffset.FromUnixTimeMilliseconds(await session.FirstOrDefaultAsync<long>("SELECT now_ms()"));

    /// <param name="unit">The transaction that holds the lead.</param>
    /// <param name="row">Its new score.</param>
    /// <param name="changesAt">When time alone will change it; null: never.</param>
    public static void Save(UnitOfWork unit, ScoreRow row, DateTimeOffset? changesAt) => unit.Add(
        """
        INSERT INTO lead_score (location_id, contact_id, score, reasons, model, at, rescore_at)
        VALUES (@LocationId, @ContactId, @Score, @Reasons, @Model, @At, @RescoreAt)
        ON CONFLICT (location_id, contact_id) DO UPDATE
        SET score = excluded.score, reasons = excluded.reasons, model = excluded.model, at = excluded.at, rescore_at = excluded.rescore_at
        """,
        new { row.LocationId, row.ContactId, row.Score, row.Reasons, row.Model, row.At, RescoreAt = changesAt?.ToUnixTimeMilliseconds() ?? 0L });

    /// <summary>Leaves the score as it is and only notes when to look again.</summary>
    public static void PutOff(UnitOfWork unit, LeadKey lead, DateTimeOffset? changesAt) => unit.Add(
        "UPDATE lead_score SET rescore_at = @RescoreAt WHERE location_id = @LocationId AND contact_id = @ContactId AND rescore_at <> @RescoreAt",
        new { lead.LocationId, lead.ContactId, RescoreAt = changesAt?.ToUnixTimeMilliseconds() ?? 0L });

    public static async Task<IReadOnlyList<LeadKey>> DueAsync(UnitOfWork unit) =>
    [
        .. (await unit.QueryAsync<(string LocationId, string ContactId)>(
            """
            SELECT location_id, contact_id FROM lead_score WHERE rescore_at > 0 AND rescore_at <= now_ms()
            ORDER BY location_id, contact_id LIMIT 100
            """)).Select(due => new LeadKey(due.LocationId, due.ContactId)),
    ];

    public static async Task<IReadOnlyList<LeadScored>> RankedAsync(SqlSession session, string? locationId, int limit) =>
    [
        .. (await session.QueryAsync<ScoreRow>(
            """
            SELECT location_id, contact_id, score, reasons, model, at FROM lead_score
            WHERE (@locationId IS NULL OR location_id = @locationId)
            ORDER BY score DESC, at DESC, contact_id LIMIT @limit
            """,
            new { locationId, limit })).Select(row => row.ToMessage()),
    ];
}
