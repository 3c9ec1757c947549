using EnterpriseHub.Platform.Http;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary>Starts replays and tells how far they are.</summary>
internal static class ReplayEndpoints
{
    public static void MapReplays(this RouteGroupBuilder events)
    {
        events.MapPost("/replay", (ReplayRequest wish, HttpContext context, StartReplay start) => StartAsync(wish, LogTable.Events, context, start))
            .RequireRole(HubRole.Admin)
            .WithSummary("Replays events by 'ids' or by 'filter' in the background. A message that was answered is skipped: nobody gets a second reply.");
        events.MapPost("/{eventId}/replay", (string eventId, HttpContext context, StartReplay start) => StartAsync(new ReplayRequest([eventId]), LogTable.Events, context, start))
            .RequireRole(HubRole.Admin)
            .WithSummary("Replays one event in the background.");
        events.MapPost("/dead-letters/replay", (ReplayRequest wish, HttpContext context, StartReplay start) => StartAsync(wish, LogTable.DeadLetters, context, start))
            .RequireRole(HubRole.Admin)
            .WithSummary("Sends open dead letters by 'ids' or by 'filter' to their queues again, in the background.");
        events.MapPost("/dead-letters/{letterId}/replay", (string letterId, HttpContext context, StartReplay start) => StartAsync(new ReplayRequest([letterId]), LogTable.DeadLetters, context, start))
            .RequireRole(HubRole.Admin)
            .WithSummary("Sends one open dead letter to its queue again, in the background.");
        events.MapGet("/replays", ListAsync).WithSummary("The newest 50 replays: who asked for what, and how far it is.");
        events.MapGet("/replays/{replayId}", GetAsync).WithSummary("How far one replay is, with the reasons of what was skipped or failed.");
    }

    private static async Task<IResult> StartAsync(ReplayRequest wish, LogTable log, HttpContext context, StartReplay start)
    {
        if (wish.Wrong() is { } wrong)
        {
            return Problem.Of(400, "The replay is not clear", wrong);
        }
        var replayId = await start.RunAsync(Caller.Of(context), log, wish, context.RequestAborted);
        return replayId is null
            ? log == LogTable.Events ? EventEndpoints.NoSuch() : DeadLetterEndpoints.NoSuch()
            : TypedResults.Accepted($"/api/events/replays/{replayId}", new ReplayStarted(replayId));
    }

    private static async Task<IResult> ListAsync(HttpContext context, GatewayDatabase database) =>
        TypedResults.Ok(new ReplayPage(await database.ReadAsync(session => ReplayView.ListAsync(session, Caller.Of(context), null), context.RequestAborted)));

    private static async Task<IResult> GetAsync(string replayId, HttpContext context, GatewayDatabase database)
    {
        var found = await database.ReadAsync(session => ReplayView.ListAsync(session, Caller.Of(context), replayId), context.RequestAborted);
        return found.Count == 1
            ? TypedResults.Ok(found[0])
            : Problem.Of(404, "There is no such replay", "Look it up in the list /api/events/replays.");
    }
}

/// <summary>What shall be replayed: ids or a filter.</summary>
/// <param name="Ids">Events or dead letters, at most 1000; each must be there.</param>
/// <param name="Filter">All that match, newest first; <c>{}</c> is everything.</param>
/// <param name="Limit">With a filter: at most so many, 1 to 10 000; default 1000.</param>
internal sealed record ReplayRequest(IReadOnlyList<string>? Ids = null, EventFilter? Filter = null, int Limit = 1000)
{
    /// <summary>What is wrong with it; null: nothing.</summary>
    public string? Wrong() =>
        Ids is null == Filter is null ? "Give 'ids' or 'filter'; the filter {} is everything."
        : Ids is { Count: < 1 or > 1000 } ? "'ids' must be 1 to 1000."
        : Limit is < 1 or > 10_000 ? "'limit' must be from 1 to 10000."
        : Filter?.Wrong();
}

/// <summary>A replay was put down and will be done, whatever breaks.</summary>
/// <param name="ReplayId">Ask <c>/api/events/replays/{replayId}</c> how far it is.</param>
internal sealed record ReplayStarted(string ReplayId);
