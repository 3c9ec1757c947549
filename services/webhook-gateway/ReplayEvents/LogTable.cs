using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary>One of the two logs: how it is filtered and paged. Both are ordered by <c>seq</c>.</summary>
/// <param name="Kind">Word of <c>event_replay.kind</c>.</param>
/// <param name="Name">Table.</param>
/// <param name="Id">Column of the public id.</param>
/// <param name="Columns">Columns of a list.</param>
/// <param name="Matches">Condition of an <see cref="EventFilter"/>.</param>
internal sealed record LogTable(string Kind, string Name, string Id, string Columns, string Matches)
{
    public static readonly LogTable Events = new(
        "events", "inbound_event", "event_id",
        "seq, event_id, type, status, location_id, conversation_id, contact_id, message_key, deliveries, rings, received_at, accepted_at, settled_at",
        """
        (@LocationId IS NULL OR location_id = @LocationId) AND (@Status IS NULL OR status = @Status) AND (@Type IS NULL OR type = @Type)
        AND (@ConversationId IS NULL OR conversation_id = @ConversationId) AND (@ContactId IS NULL OR contact_id = @ContactId)
        AND received_at >= @FromMs AND received_at < @ToMs
        """);

    public static readonly LogTable DeadLetters = new(
        "dead-letters", "dead_letter", "letter_id",
        "seq, letter_id, message_id, queue, message_type, location_id, failure, attempts, failures, status, first_failed_at, failed_at, updated_at",
        """
        (@LocationId IS NULL OR location_id = @LocationId) AND (@Status IS NULL OR status = @Status) AND (@Type IS NULL OR message_type = @Type)
        AND (@Queue IS NULL OR queue = @Queue) AND (@Failure IS NULL OR failure = @Failure)
        AND failed_at >= @FromMs AND failed_at < @ToMs
        """);

    /// <summary>Rows in order of seq: the newest, those before a seq, or those after one.</summary>
    /// <returns>The rows, and whether there are more in the direction of reading.</returns>
    public async Task<(IReadOnlyList<T> Rows, bool More)> PageAsync<T>(SqlSession session, EventFilter filter, PageQuery page)
    {
        var rows = await session.QueryAsync<T>(
            $"""
            SELECT {Columns} FROM {Name}
            WHERE seq > @After AND seq < @Before AND {Matches}
            ORDER BY seq {(page.After is null ? "DESC" : "ASC")} LIMIT @Limit
            """,
            Arguments(filter, page.After ?? 0, page.Before ?? long.MaxValue, page.Limit + 1L));
        var shown = rows.Take(page.Limit);
        return ([.. page.After is null ? shown.Reverse() : shown], rows.Count > page.Limit);
    }

    public static object Arguments(EventFilter filter, long after = 0, long before = long.MaxValue, long limit = 0, string replayId = "") => new
    {
        LocationId = None(filter.LocationId), Status = None(filter.Status), Type = None(filter.Type), ConversationId = None(filter.ConversationId),
        ContactId = None(filter.ContactId), Queue = None(filter.Queue), Failure = None(filter.Failure), filter.FromMs, filter.ToMs,
        After = after, Before = before, Limit = limit, ReplayId = replayId,
    };

    private static string? None(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>Which part of a list.</summary>
/// <param name="After">Only what follows this seq.</param>
/// <param name="Before">Only what comes before this seq; without it and <paramref name="After"/> the newest.</param>
/// <param name="Limit">At most so many, 1 to 200; default 50.</param>
internal sealed record PageQuery(long? After = null, long? Before = null, int Limit = 50)
{
    /// <summary>What is wrong with it; null: nothing.</summary>
    public string? Wrong() =>
        Limit is < 1 or > 200 ? "'limit' must be from 1 to 200."
        : After is not null && Before is not null ? "Give 'after' or 'before', not both."
        : null;
}
