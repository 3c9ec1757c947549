using System.Data.Common;
using System.Globalization;
using EnterpriseHub.Platform.Http;
using EnterpriseHub.Platform.Observability;
using EnterpriseHub.Platform.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Logging;

namespace EnterpriseHub.Platform.Security;

/// <summary>Lets nobody in who has no business here: every endpoint needs a caller unless it is marked anonymous.</summary>
internal sealed class SecurityMiddleware(
    RequestDelegate next, CallerFinder callers, CallLimits limits, MetricsOptions metrics, ILogger<SecurityMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            await Problem.WriteAsync(context, 404, "No such path", "See /openapi/v1.json for what there is.");
        }
        else if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || endpoint.Metadata.GetMetadata<AnonymousIf>()?.Holds(context, metrics) == true)
        {
            await next(context);
        }
        else if (await AdmitAsync(context, endpoint))
        {
            // The second lock: whatever an endpoint asks the store, it gets its caller's rows.
            using var scope = LocationScope.Enter(Caller.Of(context).LocationId);
            await next(context);
        }
    }

    private async Task<bool> AdmitAsync(HttpContext context, Endpoint endpoint)
    {
        Identity? identity;
        try
        {
            identity = await callers.FindAsync(context.Request, context.RequestAborted);
        }
        catch (Exception failure) when (failure is DbException or TimeoutException)
        {
            logger.LogError("Keys cannot be checked: the store does not answer ({Error})", failure.GetType().Name);
            context.Response.Headers.RetryAfter = "5";
            return await Problem.WriteAsync(context, 503, "Keys cannot be checked now", "The key store does not answer. Try again shortly.");
        }
        if (identity is null)
        {
            context.Response.Headers.WWWAuthenticate = "ApiKey";
            return await Problem.WriteAsync(context, 401, "No valid API key",
                "Send an API key in the X-Api-Key header, or log in with POST /api/session. An admin makes keys with POST /api/keys.");
        }
        if (identity.ByCookie && !SameOrigin.IsSafe(context.Request) && !SameOrigin.IsProven(context.Request))
        {
            return await Problem.WriteAsync(context, 403, "Request from another site",
                "A session may change something only from the product's own pages. Scripts send X-Api-Key instead.");
        }
        var needed = RoleOf(endpoint);
        if (identity.Caller.Role < needed)
        {
            return await Problem.WriteAsync(context, 403, "Role too low",
                $"This needs the role {Name(needed)}; the key has the role {Name(identity.Caller.Role)}. Ask an admin for another key.");
        }
        if (endpoint.Metadata.GetMetadata<DisableRateLimitingAttribute>() is null && limits.Count(identity.Caller) is { } wait)
        {
            return await TooManyAsync(context, wait, "The key has made more requests in a minute than it may.");
        }
        context.Features.Set(identity.Caller);
        return true;
    }

    internal static async Task<bool> TooManyAsync(HttpContext context, TimeSpan wait, string why)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = seconds;
        return await Problem.WriteAsync(context, 429, "Too many requests", $"{why} Try again in {seconds} s.");
    }

    /// <summary>The mark nearest to the endpoint counts; a group's comes before its members'.</summary>
    private static HubRole RoleOf(Endpoint endpoint) => endpoint.Metadata.OfType<HubRole>().LastOrDefault(HubRole.Viewer);

    private static string Name(HubRole role) => role.ToString().ToLowerInvariant();
}
