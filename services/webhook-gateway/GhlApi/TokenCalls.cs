using System.Text.Json;

namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>GHL's answer to a token request. A location token made from an agency's has no refresh token of its own.</summary>
internal sealed record TokenGrant
{
    public required string AccessToken { get; init; }

    public string? RefreshToken { get; init; }

    public required TimeSpan Lifetime { get; init; }

    public string? LocationId { get; init; }

    public string? CompanyId { get; init; }

    public IReadOnlyList<string> ApprovedLocations { get; init; } = [];
}

/// <summary>A location in which our app is installed.</summary>
internal sealed record InstalledLocation(string Id, string? Name);

/// <summary>Calls of the OAuth group.</summary>
internal static class TokenCalls
{
    public static GhlCall<TokenGrant> Exchange(GhlOptions app, string code) => Token(app, "exchange_code", new()
    {
        ["grant_type"] = "authorization_code",
        ["code"] = code,
        ["redirect_uri"] = app.RedirectUrl ?? "",
    });

    public static GhlCall<TokenGrant> Refresh(GhlOptions app, string refreshToken, bool ofCompany) => Token(app, "refresh_token", new()
    {
        ["grant_type"] = "refresh_token",
        ["refresh_token"] = refreshToken,
        ["user_type"] = ofCompany ? "Company" : "Location",
    });

    /// <summary>A location's token, made with its agency's.</summary>
    public static GhlCall<TokenGrant> ForLocation(string companyId, string locationId) =>
        new("location_token", HttpMethod.Post, "/oauth/locationToken", GhlGroup.OAuth, Read)
        {
            Form = new Dictionary<string, string> { ["companyId"] = companyId, ["locationId"] = locationId },
        };

    public static GhlCall<IReadOnlyList<InstalledLocation>> Installed(string companyId, string appId, int skip) =>
        new("installed_locations", HttpMethod.Get,
            $"/oauth/installedLocations?companyId={Uri.EscapeDataString(companyId)}&appId={Uri.EscapeDataString(appId)}&isInstalled=true&limit=100&skip={skip}",
            GhlGroup.OAuth, ReadInstalled);

    private static GhlCall<TokenGrant> Token(GhlOptions app, string operation, Dictionary<string, string> form)
    {
        form["client_id"] = app.ClientId ?? "";
        form["client_secret"] = app.ClientSecret ?? "";
        return new(operation, HttpMethod.Post, "/oauth/token", GhlGroup.Unversioned, Read) { Form = form };
    }

    private static TokenGrant? Read(JsonElement answer) => GhlJson.Text(answer, "access_token") is { } access
        ? new()
        {
            AccessToken = access,
            RefreshToken = GhlJson.Text(answer, "refresh_token"),
            Lifetime = TimeSpan.FromSeconds(Math.Clamp(GhlJson.Whole(answer, "expires_in") ?? 3600, 60, 7 * 86_400)),
            LocationId = GhlJson.Text(answer, "locationId"),
            CompanyId = GhlJson.Text(answer, "companyId"),
            ApprovedLocations = [.. GhlJson.Texts(GhlJson.Member(answer, "approvedLocations"))],
        }
        : null;

    private static List<InstalledLocation>? ReadInstalled(JsonElement answer)
    {
        var found = GhlJson.Member(answer, "locations");
        return found.ValueKind != JsonValueKind.Array ? null :
            [.. from item in found.EnumerateArray()
                let id = GhlJson.Text(item, "_id") ?? GhlJson.Text(item, "id")
                where id is not null
                select new InstalledLocation(id, GhlJson.Text(item, "name"))];
    }
}
