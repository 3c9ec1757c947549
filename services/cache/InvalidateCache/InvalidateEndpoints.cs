using EnterpriseHub.Cache.KeepMarketContext;
using EnterpriseHub.Platform.Caching;
using EnterpriseHub.Platform.Security;

namespace EnterpriseHub.Cache.InvalidateCache;

/// <summary>Body of <c>POST /api/cache/invalidate</c>.</summary>
internal sealed record Invalidation
{
    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary><c>contact:{id}</c>, <c>score:{id}</c>, <c>market</c>, or <c>*</c> for everything of the location.</summary>
    public required string Tag { get; init; }
}

internal static class InvalidateEndpoints
{
    public static void MapInvalidation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/cache/invalidate", InvalidateAsync).RequireRole(HubRole.Operator)
            .WithSummary("Forgets every cached entry of a location that carries the tag, in every instance.").WithTags("Cache");

    private static async Task<IResult> InvalidateAsync(
        HttpContext http, Invalidation body, IHubCache cache, MarketWarmer market, ILogger<InvalidateCacheConsumer> logger, CancellationToken cancellation)
    {
        var caller = Caller.Of(http);
        if (!caller.MaySee(body.LocationId))
        {
            return TypedResults.Problem(statusCode: 404, title: "Not found", detail: "There is no such location.");
        }
        if (body.LocationId.Length is 0 or > 100 || body.Tag.Length is 0 or > 200 || body.Tag.Any(sign => char.IsControl(sign) || char.IsWhiteSpace(sign)))
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]>
            {
                ["tag"] = ["locationId must be 1 to 100 characters, tag 1 to 200 without spaces: contact:{id}, score:{id}, market, or * for all."],
            });
        }
        await cache.InvalidateAsync(body.LocationId, body.Tag, cancellation);
        await market.RestoreAsync(body.LocationId, body.Tag, cancellation);
        logger.LogInformation("Cache of location {LocationId} forgot {Tag}, asked by key {KeyId}", body.LocationId, body.Tag, caller.KeyId);
        return TypedResults.NoContent();
    }
}
