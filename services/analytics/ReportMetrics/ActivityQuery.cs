using EnterpriseHub.Analytics.Storage;

namespace EnterpriseHub.Analytics.ReportMetrics;

/// <summary>One line of the activity feed.</summary>
internal sealed record ActivityLine
{
    /// <summary>Grows with every line.</summary>
    public long Id { get; init; }

    public required string LocationId { get; init; }

    /// <summary><c>message</c>, <c>turn</c>, <c>reply</c>, <c>crm</c>, <c>score</c>, <c>opt_out</c>, <c>outbound</c>, <c>contact</c>, <c>record</c>, <c>location</c> or <c>alert</c>.</summary>
    public required string Kind { get; init; }

    public required string Outcome { get; init; }

    /// <summary>Reason, channel, action or record kind, by kind; empty when there is none.</summary>
    public required string Reason { get; init; }

    public string? ContactId { get; init; }

    public string? ConversationId { get; init; }

    /// <summary>A turn's cost in micro US dollars, a score's value, an alert's number; else 0.</summary>
    public long Amount { get; init; }

    /// <summary>When it happened, Unix milliseconds.</summary>
    public long At { get; init; }
}

/// <summary>The newest lines of the activity feed, and the names of locations.</summary>
internal sealed class ActivityQuery(AnalyticsDatabase database)
{
    public Task<IReadOnlyList<ActivityLine>> AskAsync(string? locationId, int limit, CancellationToken cancellation) => database.ReadAsync(
        session => session.QueryAsync<ActivityLine>(
            """
            SELECT id, location_id, kind, outcome, reason, contact_id, conversation_id, amount, at FROM activity
            WHERE (@locationId IS NULL OR location_id = @locationId) ORDER BY at DESC, id DESC LIMIT @limit
            """,
            new { locationId, limit }),
        cancellation);

    public Task<IReadOnlyList<KnownLocation>> LocationsAsync(string? locationId, CancellationToken cancellation) => database.ReadAsync(
        session => session.QueryAsync<KnownLocation>(
            "SELECT location_id, name, state FROM location WHERE (@locationId IS NULL OR location_id = @locationId) ORDER BY name, location_id LIMIT 500",
            new { locationId }),
        cancellation);
}

/// <summary>A location that facts came from.</summary>
internal sealed record KnownLocation
{
    public required string LocationId { get; init; }

    /// <summary>Null when nobody told.</summary>
    public string? Name { get; init; }

    /// <summary>Last change of its connection, e.g. <c>installed</c>.</summary>
    public required string State { get; init; }
}
