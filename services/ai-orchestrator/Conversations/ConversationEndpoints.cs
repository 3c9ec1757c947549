using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Security;

namespace EnterpriseHub.AiOrchestrator.Conversations;

/// <summary>
/// Reads conversations with what the assistant thought. Role viewer.
/// A location that the caller may not see does not exist for it: 404.
/// </summary>
internal static class ConversationEndpoints
{
    private const int MostListed = 200;

    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        var conversations = routes.MapGroup("/api/conversations");
        conversations.MapGet("/", ListAsync);
        conversations.MapGet("/{conversationId}", FindAsync)
            .WithTags("Conversations")
            .WithSummary("One conversation: thread, qualification, and its turns with decision, cost, delivery and stage times")
            .WithDescription(
                "turns[].stages is the way of a turn in order: 'stage', when it was reached ('at', by the clock of the process that came to it), "
                + "'sinceReceivedMs' since the webhook of its first message, which never falls, and 'tookMs' since the stage before. "
                + "A step of the thought is a stage 'step' with its name in 'step'; steps run side by side and 'tookMs' is its own time. "
                + $"Stages, where reached: {string.Join(", ", TurnStages.InOrder)}.")
            .Produces<ConversationView>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <summary>The location's conversations, latest first; <c>limit</c> 1 to 200, default 50.</summary>
    internal static async Task<IResult> ListAsync(
        HttpContext context, ReadConversations read, string? locationId, int? limit, CancellationToken cancellation)
    {
        if (LocationOf(context, locationId) is not { } location)
        {
            return NoLocation(context, locationId);
        }
        if (limit is < 1 or > MostListed)
        {
            return Results.Problem($"'limit' is {limit}; allowed: 1 to {MostListed}.", statusCode: StatusCodes.Status400BadRequest);
        }
        return Results.Ok(await read.ListAsync(location, limit ?? 50, cancellation));
    }

    /// <summary>One conversation: thread, qualification, turns with decision, analysis, stage times, cost and delivery.</summary>
    internal static async Task<IResult> FindAsync(
        HttpContext context, ReadConversations read, string conversationId, string? locationId, CancellationToken cancellation)
    {
        if (LocationOf(context, locationId) is not { } location)
        {
            return NoLocation(context, locationId);
        }
        return await read.FindAsync(location, conversationId, cancellation) is { } found
            ? Results.Ok(found)
            : Results.Problem("No such conversation.", statusCode: StatusCodes.Status404NotFound);
    }

    /// <summary>A key that is bound to a location needs not name it.</summary>
    private static string? LocationOf(HttpContext context, string? locationId)
    {
        var caller = Caller.Of(context);
        var location = string.IsNullOrWhiteSpace(locationId) ? caller.LocationId : locationId;
        return location is not null && caller.MaySee(location) ? location : null;
    }

    private static IResult NoLocation(HttpContext context, string? locationId) =>
        string.IsNullOrWhiteSpace(locationId) && Caller.Of(context).LocationId is null
            ? Results.Problem("'locationId' is missing; name the GHL location, e.g. ?locationId=abc.", statusCode: StatusCodes.Status400BadRequest)
            : Results.Problem("No such location.", statusCode: StatusCodes.Status404NotFound);
}
