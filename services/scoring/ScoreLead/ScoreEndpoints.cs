using EnterpriseHub.Platform.Security;
using EnterpriseHub.Scoring.Storage;

namespace EnterpriseHub.Scoring.ScoreLead;

internal static class ScoreEndpoints
{
    public static void MapScores(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/scores", ListAsync)
            .WithSummary("Leads by score, best first; limit 1 to 200, default 50.").WithTags("Scores");
        routes.MapGet("/api/scores/{contactId}", FindAsync)
            .WithSummary("One lead's score as it is now, with its reasons. locationId is required unless the key is bound to one.").WithTags("Scores");
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, ScoringDatabase database, string? locationId, int? limit, CancellationToken cancellation)
    {
        if (!Caller.Of(http).TryNarrow(locationId, out var location))
        {
            return NotFound("There is no such location.");
        }
        if (limit is < 1 or > 200)
        {
            return TypedResults.Problem(statusCode: 400, title: "limit is out of range", detail: "limit must be 1 to 200.");
        }
        var leads = await database.ReadAsync(session => ScoreRows.RankedAsync(session, location, limit ?? 50), cancellation);
        return TypedResults.Ok(new { leads });
    }

    private static async Task<IResult> FindAsync(
        HttpContext http, LeadBook book, string contactId, string? locationId, CancellationToken cancellation)
    {
        if (!Caller.Of(http).TryNarrow(locationId, out var location))
        {
            return NotFound("There is no such location.");
        }
        if (location is null)
        {
            return TypedResults.Problem(statusCode: 400, title: "locationId is missing", detail: "Add ?locationId=… : contact ids belong to a location.");
        }
        var scored = await book.ScoreNowAsync(new(location, contactId), cancellation);
        return scored.Score is null ? NotFound("Nothing is known of this lead.") : TypedResults.Ok(scored);
    }

    private static IResult NotFound(string detail) => TypedResults.Problem(statusCode: 404, title: "Not found", detail: detail);
}
