using System.Text;
using EnterpriseHub.Platform.Http;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary><c>/api/events</c>: the log of what HighLevel sent.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var events = routes.MapGroup("/api/events").WithTags("Events").RequireRole(HubRole.Operator);
        events.MapGet("/", ListAsync)
            .WithSummary("Events in order of acceptance: the newest ones, those 'before' a seq, or those 'after' one. At most 200, default 50.");
        events.MapGet("/audit", AuditAsync)
            .WithSummary("Who read a body, replayed or dismissed: the newest 200 lines.");
        events.MapGet("/{eventId}", GetAsync)
            .WithSummary("One event with its body: as it came for an admin (leaves a line in the audit), without texts, names and numbers for others.");
        events.MapDeadLetters();
        events.MapReplays();
    }

    public static IResult NoSuch() => Problem.Of(404, "There is no such event", "Look it up in the list /api/events.");

    public static IResult WrongQuery(string wrong) => Problem.Of(400, "The query is wrong", wrong);

    private static async Task<IResult> ListAsync(HttpContext context, GatewayDatabase database, [AsParameters] EventFilter filter, [AsParameters] PageQuery page)
    {
        if (filter.For(Caller.Of(context)) is not { } mine)
        {
            return NoSuch();
        }
        if ((mine.Wrong() ?? page.Wrong()) is { } wrong)
        {
            return WrongQuery(wrong);
        }
        var (rows, more) = await database.ReadAsync(session => LogTable.Events.PageAsync<EventView>(session, mine, page), context.RequestAborted);
        return TypedResults.Ok(new EventPage(rows, rows.Count > 0 ? rows[^1].Seq : page.After ?? 0, rows.Count > 0 ? rows[0].Seq : page.Before ?? 0, more));
    }

    private static async Task<IResult> GetAsync(string eventId, HttpContext context, GatewayDatabase database)
    {
        var caller = Caller.Of(context);
        var found = await database.ReadAsync(
            async session => (
                View: await session.FirstOrDefaultAsync<EventView>($"SELECT {LogTable.Events.Columns} FROM inbound_event WHERE event_id = @eventId", new { eventId }),
                Raw: await session.FirstOrDefaultAsync<byte[]>("SELECT raw FROM inbound_event WHERE event_id = @eventId", new { eventId })),
            context.RequestAborted);
        if (found.View is null || found.Raw is null || !caller.MaySee(found.View.LocationId))
        {
            return NoSuch();
        }
        if (caller.Role != HubRole.Admin)
        {
            return TypedResults.Ok(new EventDetail(found.View, null, Redaction.Of(found.Raw)));
        }
        await EventAudit.ReadBodyAsync(database, caller, found.View.LocationId, eventId, context.RequestAborted);
        return TypedResults.Ok(new EventDetail(found.View, Encoding.UTF8.GetString(found.Raw), null));
    }

    private static async Task<IResult> AuditAsync(HttpContext context, GatewayDatabase database) =>
        TypedResults.Ok(new AuditPage(await database.ReadAsync(session => EventAudit.ListAsync(session, Caller.Of(context)), context.RequestAborted)));
}
