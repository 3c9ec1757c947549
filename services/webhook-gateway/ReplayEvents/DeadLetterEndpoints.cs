using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnterpriseHub.Platform.Http;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary><c>/api/events/dead-letters</c>: messages between our services that a consumer did not take.</summary>
internal static class DeadLetterEndpoints
{
    public static void MapDeadLetters(this RouteGroupBuilder events)
    {
        var letters = events.MapGroup("/dead-letters");
        letters.MapGet("/", ListAsync)
            .WithSummary("Dead letters in order of their first failure: the newest ones, those 'before' a seq, or those 'after' one. At most 200, default 50.");
        letters.MapGet("/{letterId}", GetAsync)
            .WithSummary("One dead letter with its body: as it is for an admin (leaves a line in the audit), without texts, names and numbers for others.");
        letters.MapPost("/{letterId}/dismiss", DismissAsync).RequireRole(HubRole.Admin)
            .WithSummary("Closes an open dead letter without sending it again; leaves a line in the audit.");
    }

    public static IResult NoSuch() => Problem.Of(404, "There is no such dead letter", "Look it up in the list /api/events/dead-letters.");

    private static async Task<IResult> ListAsync(HttpContext context, GatewayDatabase database, [AsParameters] EventFilter filter, [AsParameters] PageQuery page)
    {
        if (filter.For(Caller.Of(context)) is not { } mine)
        {
            return NoSuch();
        }
        if ((mine.Wrong() ?? page.Wrong()) is { } wrong)
        {
            return EventEndpoints.WrongQuery(wrong);
        }
        var (rows, more) = await database.ReadAsync(session => LogTable.DeadLetters.PageAsync<DeadLetterView>(session, mine, page), context.RequestAborted);
        return TypedResults.Ok(new DeadLetterPage(rows, rows.Count > 0 ? rows[^1].Seq : page.After ?? 0, rows.Count > 0 ? rows[0].Seq : page.Before ?? 0, more));
    }

    private static async Task<IResult> GetAsync(string letterId, HttpContext context, GatewayDatabase database)
    {
        var caller = Caller.Of(context);
        var found = await database.ReadAsync(
            async session => (
                View: await session.FirstOrDefaultAsync<DeadLetterView>($"SELECT {LogTable.DeadLetters.Columns} FROM dead_letter WHERE letter_id = @letterId", new { letterId }),
                Raw: await session.FirstOrDefaultAsync<byte[]>("SELECT raw FROM dead_letter WHERE letter_id = @letterId", new { letterId })),
            context.RequestAborted);
        if (found.View is null || found.Raw is null || !caller.MaySee(found.View.LocationId))
        {
            return NoSuch();
        }
        if (caller.Role != HubRole.Admin)
        {
            return TypedResults.Ok(new DeadLetterDetail(found.View, null, Redacted(found.Raw)));
        }
        await EventAudit.ReadBodyAsync(database, caller, found.View.LocationId, letterId, context.RequestAborted);
        return TypedResults.Ok(new DeadLetterDetail(found.View, Encoding.UTF8.GetString(found.Raw), null));
    }

    private static async Task<IResult> DismissAsync(string letterId, HttpContext context, GatewayDatabase database)
    {
        var caller = Caller.Of(context);
        var status = await database.WriteAsync(
            async unit =>
            {
                var letter = await unit.FirstOrDefaultAsync<DeadLetterView>(
                    $"SELECT {LogTable.DeadLetters.Columns} FROM dead_letter WHERE letter_id = @letterId {{for_update}}", new { letterId });
                if (letter is null || !caller.MaySee(letter.LocationId))
                {
                    return null;
                }
                if (letter.Status == "open")
                {
                    await unit.ExecuteAsync("UPDATE dead_letter SET status = 'dismissed', updated_at = now_ms() WHERE letter_id = @letterId", new { letterId });
                    await EventAudit.WriteAsync(unit, caller, "dismiss", letter.LocationId, letterId);
                }
                return letter.Status;
            },
            context.RequestAborted);
        return status switch
        {
            null => NoSuch(),
            "open" or "dismissed" => TypedResults.NoContent(),
            _ => Problem.Of(409, "The dead letter is not open", $"It is {status} already; it opens again only if it fails again."),
        };
    }

    /// <summary>Anything may lie in a queue, also what is no JSON.</summary>
    private static JsonNode? Redacted(byte[] raw)
    {
        try
        {
            return Redaction.Of(raw);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
