using System.Net;
using System.Text.Json;
using System.Web;

namespace EnterpriseHub.Simulator.Tests;

public sealed class OAuthTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    [Fact]
    public async Task A_code_works_once_and_its_token_reads_the_location()
    {
        var code = await CodeAsync("locationId=loc-o");
        var (status, tokens) = await TokenAsync(("grant_type", "authorization_code"), ("code", code));
        Assert.Equal(200, status);
        Assert.Equal("loc-o", tokens.GetProperty("locationId").GetString());
        Assert.Equal(86399, tokens.GetProperty("expires_in").GetInt32());
        Assert.Equal("Location", tokens.GetProperty("userType").GetString());
        Assert.Equal(200, (await host.GhlAsync("GET", "/locations/loc-o", token: tokens.GetProperty("access_token").GetString())).Status);
        Assert.Equal(403, (await host.GhlAsync("GET", "/locations/other", token: tokens.GetProperty("access_token").GetString())).Status);
        Assert.Equal(400, (await TokenAsync(("grant_type", "authorization_code"), ("code", code))).Status);
    }

    [Fact]
    public async Task A_refresh_token_rotates_and_gives_the_same_successor_within_the_grace()
    {
        var (_, first) = await TokenAsync(("grant_type", "authorization_code"), ("code", await CodeAsync("locationId=loc-o")));
        var old = first.GetProperty("refresh_token").GetString()!;
        var (_, second) = await TokenAsync(("grant_type", "refresh_token"), ("refresh_token", old));
        var (_, again) = await TokenAsync(("grant_type", "refresh_token"), ("refresh_token", old));
        Assert.NotEqual(old, second.GetProperty("refresh_token").GetString());
        Assert.Equal(second.GetProperty("refresh_token").GetString(), again.GetProperty("refresh_token").GetString());
        Assert.NotEqual(second.GetProperty("access_token").GetString(), again.GetProperty("access_token").GetString());
    }

    [Fact]
    public async Task An_unknown_refresh_token_is_a_400()
    {
        var (status, body) = await TokenAsync(("grant_type", "refresh_token"), ("refresh_token", "nothing"));
        Assert.Equal(400, status);
        Assert.Equal("invalid_grant", body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task An_agency_makes_location_tokens()
    {
        var (_, agency) = await TokenAsync(("grant_type", "authorization_code"), ("code", await CodeAsync("locationId=")), ("user_type", "Company"));
        Assert.Equal("Company", agency.GetProperty("userType").GetString());
        Assert.False(agency.TryGetProperty("locationId", out _));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sim/ghl/oauth/locationToken");
        request.Headers.Authorization = new("Bearer", agency.GetProperty("access_token").GetString());
        request.Content = new FormUrlEncodedContent([new("companyId", "sim-company"), new("locationId", "loc-p")]);
        using var response = await host.Client.SendAsync(request);
        var token = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("access_token").GetString();
        Assert.Equal(200, (await host.GhlAsync("GET", "/locations/loc-p", token: token)).Status);
    }

    [Fact]
    public async Task A_JSON_body_is_refused()
    {
        using var response = await host.Client.PostAsync("/sim/ghl/oauth/token", SimulatorHost.Json(new { grant_type = "refresh_token" }));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task<string> CodeAsync(string query)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = host.Client.BaseAddress };
        using var response = await client.GetAsync($"/sim/ghl/oauth/chooselocation?response_type=code&client_id=app&redirect_uri=http%3A%2F%2Fhub%2Fcb&state=s-1&{query}");
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        var answered = HttpUtility.ParseQueryString(response.Headers.Location!.Query);
        Assert.Equal("s-1", answered["state"]);
        return answered["code"]!;
    }

    private async Task<(int Status, JsonElement Body)> TokenAsync(params (string Key, string Value)[] form)
    {
        var all = form.Append(("client_id", "app")).Append(("client_secret", "secret")).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2));
        using var response = await host.Client.PostAsync("/sim/ghl/oauth/token", new FormUrlEncodedContent(all));
        return ((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }
}
