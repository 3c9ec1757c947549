using EnterpriseHub.Platform.Security;
using EnterpriseHub.WebhookGateway.GhlApi;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>Connects locations by OAuth.</summary>
internal static class OAuthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/oauth/start", StartAsync)
            .RequireRole(HubRole.Admin)
            .WithSummary("Begins to connect a HighLevel location or agency: redirects to HighLevel's page of consent. A key that is bound to a location connects that one only.")
            .WithTags("OAuth");
        routes.MapGet("/oauth/callback", CallbackAsync)
            .AllowAnonymous()
            .WithSummary("Where HighLevel returns after the consent. The state must be one that /oauth/start made, at most ten minutes ago, and is good once.")
            .WithTags("OAuth");
    }

    private static async Task<IResult> StartAsync(
        HttpContext context, OAuthStates states, IOptions<GhlOptions> options, CancellationToken cancellation)
    {
        var ghl = options.Value;
        if (string.IsNullOrEmpty(ghl.ClientId) || string.IsNullOrEmpty(ghl.ClientSecret) || string.IsNullOrEmpty(ghl.RedirectUrl))
        {
            return Results.Problem(
                statusCode: StatusCodes.Status409Conflict,
                title: "OAuth is not set up.",
                detail: "Set Ghl:ClientId, Ghl:ClientSecret and Ghl:RedirectUrl of the marketplace app, or give the location a static token.");
        }
        var query = QueryString.Create(new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["redirect_uri"] = ghl.RedirectUrl,
            ["client_id"] = ghl.ClientId,
            ["scope"] = ghl.Scopes,
            ["state"] = await states.MakeAsync(Caller.Of(context).LocationId, cancellation),
        });
        return Results.Redirect(ghl.AuthorizeUrl + query);
    }

    private static async Task<IResult> CallbackAsync(
        [FromQuery] string? code, [FromQuery] string? state, HttpContext context, OAuthStates states, OAuthInstall install, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(state) || state.Length > 200 || !await states.TakeAsync(state, cancellation))
        {
            return OAuthPages.Expired(context);
        }
        if (string.IsNullOrEmpty(code) || code.Length > 4096)
        {
            return OAuthPages.Refused(context);
        }
        // The code is good once: closing the browser must not lose what it brings.
        return await install.CompleteAsync(code, OAuthStates.LocationOf(state), CancellationToken.None) switch
        {
            null => OAuthPages.Failed(context),
            0 when OAuthStates.LocationOf(state) is not null => OAuthPages.Another(context),
            { } connected => OAuthPages.Connected(context, connected),
        };
    }
}
