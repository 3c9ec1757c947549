using EnterpriseHub.Simulator.Json;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace EnterpriseHub.Simulator.Ghl.Calls;

/// <summary>OAuth as GHL does it: form in, rotating single-use refresh tokens out. Any client id and secret are accepted.</summary>
internal sealed class OAuthCalls(GhlTokens tokens, IOptions<SimulatorOptions> options)
{
    private const string Scopes = "conversations.readonly conversations.write conversations/message.readonly conversations/message.write "
        + "contacts.readonly contacts.write opportunities.readonly opportunities.write workflows.readonly locations.readonly "
        + "locations/customFields.readonly locations/tags.readonly";

    /// <summary>The consent page, without the page: goes back at once. <c>locationId=</c> (empty) connects the agency.</summary>
    public GhlAnswer Choose(GhlCall call)
    {
        if (call.Query("redirect_uri") is not { } redirect || !Uri.TryCreate(redirect, UriKind.Absolute, out var target) || call.Query("client_id") is not { Length: > 0 } client)
        {
            return Invalid("invalid_request", "client_id and an absolute redirect_uri are required");
        }
        var asked = call.Query("locationId");
        var code = tokens.IssueCode(client, asked is null ? options.Value.OAuthLocationId : asked.Length == 0 ? null : asked);
        var glue = target.Query.Length > 0 ? "&" : "?";
        var state = call.Query("state") is { } given ? "&state=" + Uri.EscapeDataString(given) : "";
        return new GhlAnswer(302, []) { Redirect = $"{redirect}{glue}code={code}{state}" };
    }

    public GhlAnswer Token(GhlCall call)
    {
        if (!call.Http.Request.HasFormContentType)
        {
            return Invalid("invalid_request", "Invalid request: content must be application/x-www-form-urlencoded");
        }
        var form = call.Http.Request.Form;
        string? Given(string name) => form.TryGetValue(name, out var value) && !StringValues.IsNullOrEmpty(value) ? value.ToString() : null;
        if (Given("client_id") is not { } client || Given("client_secret") is null)
        {
            return Invalid("invalid_client", "Invalid client: cannot retrieve client credentials");
        }
        switch (Given("grant_type"))
        {
            case "authorization_code":
                return tokens.RedeemCode(client, Given("code") ?? "") is { } issued ? Show(issued) : Invalid("invalid_grant", "Invalid grant: authorization code is invalid");
            case "refresh_token":
                return tokens.RedeemRefresh(client, Given("refresh_token") ?? "") is { } renewed ? Show(renewed) : Invalid("invalid_grant", "Invalid grant: refresh token is invalid");
            default:
                return Invalid("unsupported_grant_type", "Unsupported grant type: `grant_type` is invalid");
        }
    }

    public GhlAnswer LocationToken(GhlCall call)
    {
        var authorization = call.Http.Request.Headers.Authorization.ToString();
        if (authorization.Length <= 7 || !tokens.IsAgency(authorization[7..]))
        {
            return GhlAnswer.Error(401, "Invalid token: access token is invalid");
        }
        var locationId = call.Http.Request.HasFormContentType ? call.Http.Request.Form["locationId"].ToString() : call.Text("locationId");
        if (string.IsNullOrEmpty(locationId))
        {
            return GhlAnswer.Unprocessable("locationId should not be empty");
        }
        call.Entry.LocationId = locationId;
        return Show(tokens.IssueFor(locationId));
    }

    private static GhlAnswer Show(IssuedTokens issued) => GhlAnswer.Ok(JsonText.Object(issued, static (writer, given) =>
    {
        writer.WriteString("access_token", given.Access);
        writer.WriteString("token_type", "Bearer");
        writer.WriteNumber("expires_in", given.Seconds);
        if (given.Refresh is not null)
        {
            writer.WriteString("refresh_token", given.Refresh);
            writer.WriteString("refreshTokenId", SimIds.Uuid());
        }
        writer.WriteString("scope", Scopes);
        writer.WriteString("userType", given.LocationId is null ? "Company" : "Location");
        writer.WriteString("companyId", GhlTokens.Company);
        if (given.LocationId is not null)
        {
            writer.WriteString("locationId", given.LocationId);
        }
        writer.WriteBoolean("isBulkInstallation", false);
        writer.WriteString("userId", "sim-user");
        writer.WriteString("traceId", SimIds.Uuid());
    }));

    private static GhlAnswer Invalid(string error, string description) => new(400, JsonText.Object((error, description), static (writer, given) =>
    {
        writer.WriteString("error", given.error);
        writer.WriteString("error_description", given.description);
    }));
}
