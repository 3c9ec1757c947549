using EnterpriseHub.Contracts.Caching;
using EnterpriseHub.Platform.Security;

namespace EnterpriseHub.Cache.KeepMarketContext;

/// <summary>Body of <c>PUT /api/cache/market/{locationId}</c>.</summary>
internal sealed record MarketFacts
{
    /// <summary>1 to 20 sentences of at most 300 characters, each true at <see cref="AsOf"/>.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    /// <summary>Date of the facts, not in the future.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Where they come from, 1 to 100 characters.</summary>
    public required string Source { get; init; }
}

internal static class MarketEndpoints
{
    public static void MapMarket(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/api/cache/market/{locationId}", PutAsync).RequireRole(HubRole.Operator)
            .WithSummary("Stores the dated market facts that replies of a location may state, and warms them.").WithTags("Cache");
        routes.MapGet("/api/cache/market/{locationId}", GetAsync)
            .WithSummary("The stored market facts of a location.").WithTags("Cache");
    }

    private static async Task<IResult> PutAsync(
        HttpContext http, string locationId, MarketFacts body, MarketRows rows, MarketWarmer warmer, TimeProvider time, CancellationToken cancellation)
    {
        if (!Caller.Of(http).MaySee(locationId))
        {
            return NotFound();
        }
        // A day ahead of UTC may be today in Auckland.
        if (Errors(body, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1)) is { Count: > 0 } errors)
        {
            return TypedResults.ValidationProblem(errors);
        }
        var context = new MarketContext
        {
            LocationId = locationId,
            Facts = [.. body.Facts.Select(fact => fact.Trim())],
            AsOf = body.AsOf,
            Source = body.Source.Trim(),
        };
        await rows.SaveAsync(context, cancellation);
        await warmer.ReplaceAsync(locationId, cancellation);
        return TypedResults.Ok(context);
    }

    private static async Task<IResult> GetAsync(HttpContext http, string locationId, MarketRows rows, CancellationToken cancellation) =>
        Caller.Of(http).MaySee(locationId) && await rows.FindAsync(locationId, cancellation) is { } stored
            ? TypedResults.Ok(stored.Context)
            : NotFound();

    private static Dictionary<string, string[]> Errors(MarketFacts body, DateOnly latest)
    {
        var errors = new Dictionary<string, string[]>();
        if (body.Facts.Count is < 1 or > 20 || body.Facts.Any(fact => !IsLine(fact, 300)))
        {
            errors["facts"] = ["facts must be 1 to 20 sentences of 1 to 300 characters without line breaks."];
        }
        if (body.AsOf > latest || body.AsOf.Year < 2000)
        {
            errors["asOf"] = ["asOf must be a date (yyyy-MM-dd) that is not in the future."];
        }
        if (!IsLine(body.Source, 100))
        {
            errors["source"] = ["source must be 1 to 100 characters without line breaks."];
        }
        return errors;
    }

    private static bool IsLine(string? text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(char.IsControl);

    private static IResult NotFound() => TypedResults.Problem(statusCode: 404, title: "Not found", detail: "This location has no market context.");
}
