using EnterpriseHub.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnterpriseHub.Platform.Security;

/// <summary>Log-in of a browser: a key is exchanged for a cookie that scripts cannot read.</summary>
internal static class SessionEndpoints
{
    public static void MapSessionEndpoints(this IEndpointRouteBuilder routes)
    {
        var session = routes.MapGroup("/api/session").WithTags("Session");
        session.MapPost("/", OpenAsync).AllowAnonymous().WithSummary("Logs in with an API key; sets the cookie hub_session")
            .Produces<SessionInfo>().ProducesProblem(401).ProducesProblem(429);
        session.MapGet("/", (HttpContext context) => SessionInfo.Of(Caller.Of(context))).WithSummary("Who am I");
        session.MapDelete("/", CloseAsync).AllowAnonymous().WithSummary("Logs out");
    }

    private static async Task<IResult> OpenAsync(
        OpenSession wish, HttpContext context, CallerFinder callers, KeyStore store, CallLimits limits, AdminOptions options, CancellationToken cancellation)
    {
        if (limits.CountLogin(context.Connection.RemoteIpAddress) is { } wait)
        {
            await SecurityMiddleware.TooManyAsync(context, wait, "Too many log-ins from this address.");
            return TypedResults.Empty;
        }
        if (string.IsNullOrEmpty(wish.Key) || await callers.FindAsync(wish.Key.Trim(), cancellation) is not { } caller)
        {
            return Problem.Of(401, "This key does not work", "Check that it was copied whole and is not revoked.");
        }
        var secret = await store.OpenSessionAsync(caller.KeyId, cancellation);
        context.Response.Cookies.Append(CallerFinder.Cookie, secret, CookieOf(context, TimeSpan.FromHours(options.SessionHours)));
        return TypedResults.Ok(SessionInfo.Of(caller));
    }

    private static async Task<IResult> CloseAsync(HttpContext context, KeyStore store, CancellationToken cancellation)
    {
        if (context.Request.Cookies[CallerFinder.Cookie] is { Length: > 0 } session)
        {
            if (!SameOrigin.IsProven(context.Request))
            {
                return Problem.Of(403, "Request from another site", "Log out from the product's own pages.");
            }
            await store.CloseSessionAsync(session, cancellation);
        }
        context.Response.Cookies.Delete(CallerFinder.Cookie, CookieOf(context, null));
        return TypedResults.NoContent();
    }

    private static CookieOptions CookieOf(HttpContext context, TimeSpan? life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = life,
    };
}

/// <summary>A log-in.</summary>
/// <param name="Key">The API key.</param>
public sealed record OpenSession(string? Key);

/// <summary>Who is logged in.</summary>
/// <param name="KeyId">Public id of the key.</param>
/// <param name="Role">What it may do.</param>
/// <param name="LocationId">The one location it sees; null sees all.</param>
public sealed record SessionInfo(string KeyId, HubRole Role, string? LocationId)
{
    internal static SessionInfo Of(Caller caller) => new(caller.KeyId, caller.Role, caller.LocationId);
}
