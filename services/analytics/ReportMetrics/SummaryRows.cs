using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Analytics.ReportMetrics;

internal sealed record CountRow
{
    public required string Name { get; init; }

    public required string Outcome { get; init; }

    public required string Reason { get; init; }

    public long Count { get; init; }

    public long Amount { get; init; }
}

internal sealed record SampleRow
{
    public required string Family { get; init; }

    public required string Name { get; init; }

    public required string Outcome { get; init; }

    public double Ms { get; init; }
}

internal sealed record SeriesRow
{
    public long At { get; init; }

    public long Messages { get; init; }

    public long Replies { get; init; }
}

/// <summary>The SQL of a summary.</summary>
internal static class SummaryRows
{
    public static Task<IReadOnlyList<CountRow>> CountsAsync(SqlSession session, string? locationId, long from) => session.QueryAsync<CountRow>(
        """
        SELECT name, outcome, reason, CAST(SUM(count) AS BIGINT) AS count, CAST(SUM(amount) AS BIGINT) AS amount FROM fact_count
        WHERE minute >= @from AND (@locationId IS NULL OR location_id = @locationId)
        GROUP BY name, outcome, reason
        """,
        new { locationId, from });

    /// <summary>The newest 2 000 measurements of each name: enough for a steady P99, few enough to sort at every question.</summary>
    public static Task<IReadOnlyList<SampleRow>> SamplesAsync(SqlSession session, string? locationId, long from) => session.QueryAsync<SampleRow>(
        """
        SELECT family, name, outcome, ms FROM (
          SELECT family, name, outcome, ms, ROW_NUMBER() OVER (PARTITION BY family, name ORDER BY at DESC, id DESC) AS age
          FROM latency_sample WHERE at >= @from AND (@locationId IS NULL OR location_id = @locationId)
        ) AS newest WHERE age <= 2000
        """,
        new { locationId, from });

    public static Task<IReadOnlyList<SeriesRow>> SeriesAsync(SqlSession session, string? locationId, long from, long width) => session.QueryAsync<SeriesRow>(
        """
        SELECT (minute / @width) * @width AS at,
          CAST(SUM(CASE WHEN name = 'message' THEN count ELSE 0 END) AS BIGINT) AS messages,
          CAST(SUM(CASE WHEN name = 'reply' AND outcome = 'sent' THEN count ELSE 0 END) AS BIGINT) AS replies
        FROM fact_count
        WHERE minute >= @from AND name IN ('message', 'reply') AND (@locationId IS NULL OR location_id = @locationId)
        GROUP BY 1
        """,
        new { locationId, from, width });

    public static async Task<(long Waiting, long Held)> OpenAsync(SqlSession session, string? locationId)
    {
        var day = (long)TimeSpan.FromDays(1).TotalMilliseconds;
        var waiting = await session.FirstOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM reply WHERE settled_at = 0 AND decided_at > now_ms() - @day
            AND (@locationId IS NULL OR location_id = @locationId)
            """,
            new { locationId, day });
        var held = await session.FirstOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM reply WHERE settled_at > now_ms() - @day AND state = 'held'
            AND (@locationId IS NULL OR location_id = @locationId)
            """,
            new { locationId, day });
        return (waiting, held);
    }
}
