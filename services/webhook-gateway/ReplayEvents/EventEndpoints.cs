using System.Text;
using System.Text.Json.Nodes;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary><c>/api/events</c>: the log of what HighLevel sent.</summary>
internal static class EventEndpoints
{
    private const string Columns =
        """
        SELECT seq, event_id, type, status, location_id, conversation_id, contact_id, message_key, deliveries, rings,
          received_at, accepted_at, settled_at
        FROM inbound_event
        """;

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var events = routes.MapGroup("/api/events").WithTags("Events").RequireRole(HubRole.Operator);
        events.MapGet("/", ListAsync)
            .WithSummary("Events in order of acceptance: the newest ones, or with 'after' those that follow this seq. At most 200, default 50.");
        events.MapGet("/{eventId}", GetAsync)
            .WithSummary("One event with its body: as it came for an admin, without texts, names and numbers for others.");
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, GatewayDatabase database, string? locationId = null, string? status = null, string? type = null, long? after = null, int limit = 50)
    {
        var caller = Caller.Of(context);
        if (locationId is not null && !caller.MaySee(locationId))
        {
            return NoSuch();
        }
        if (limit is < 1 or > 200)
        {
            return TypedResults.Problem("'limit' must be from 1 to 200.", statusCode: 400, title: "The query is wrong");
        }
        var order = after is null ? "DESC" : "ASC";
        var rows = await database.ReadAsync(
            session => session.QueryAsync<EventView>(
                $"""
                {Columns}
                WHERE seq > @after AND (@location IS NULL OR location_id = @location) AND (@status IS NULL OR status = @status) AND (@type IS NULL OR type = @type)
                ORDER BY seq {order} LIMIT @limit
                """,
                new { after = after ?? 0, location = locationId ?? caller.LocationId, status, type, limit = (long)limit }),
            context.RequestAborted);
        var events = rows.OrderBy(row => row.Seq).ToList();
        return TypedResults.Ok(new EventPage(events, events.Count > 0 ? events[^1].Seq : after ?? 0));
    }

    private static async Task<IResult> GetAsync(string eventId, HttpContext context, GatewayDatabase database)
    {
        var caller = Caller.Of(context);
        var found = await database.ReadAsync(
            async session => (
                View: await session.FirstOrDefaultAsync<EventView>($"{Columns} WHERE event_id = @eventId", new { eventId }),
                Raw: await session.FirstOrDefaultAsync<byte[]>("SELECT raw FROM inbound_event WHERE event_id = @eventId", new { eventId })),
            context.RequestAborted);
        if (found.View is null || found.Raw is null || !caller.MaySee(found.View.LocationId))
        {
            return NoSuch();
        }
        return TypedResults.Ok(caller.Role == HubRole.Admin
            ? new EventDetail(found.View, Encoding.UTF8.GetString(found.Raw), null)
            : new EventDetail(found.View, null, Redaction.Of(found.Raw)));
    }

    private static IResult NoSuch() => TypedResults.Problem("Look it up in the list /api/events.", statusCode: 404, title: "There is no such event");
}

/// <summary>Events in order of acceptance.</summary>
/// <param name="Events">At most as many as asked for.</param>
/// <param name="Next">Give it as <c>after</c> to go on.</param>
internal sealed record EventPage(IReadOnlyList<EventView> Events, long Next);

/// <summary>One event with its body.</summary>
/// <param name="Event">The row.</param>
/// <param name="Raw">The body as it came; only for an admin.</param>
/// <param name="Redacted">The body without texts, names and numbers; for others.</param>
internal sealed record EventDetail(EventView Event, string? Raw, JsonNode? Redacted);

/// <summary>A stored event. Times are Unix milliseconds UTC; <c>settledAt</c> 0: waits for its turn.</summary>
internal sealed record EventView
{
    public required long Seq { get; init; }

    public required string EventId { get; init; }

    public required string Type { get; init; }

    public required string Status { get; init; }

    public required string LocationId { get; init; }

    public string? ConversationId { get; init; }

    public string? ContactId { get; init; }

    public string? MessageKey { get; init; }

    public long Deliveries { get; init; }

    public long Rings { get; init; }

    public long ReceivedAt { get; init; }

    public long AcceptedAt { get; init; }

    public long SettledAt { get; init; }
}
