using System.Net;
using EnterpriseHub.Contracts.Operations;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.OAuth;

public sealed class OAuthEndpointTests
{
    private static readonly string[] App = ["--Ghl:ClientId=app1-xyz", "--Ghl:ClientSecret=shh", "--Ghl:RedirectUrl=https://hub.example/oauth/callback"];

    [Theory, BothStores]
    public async Task Connects_a_location(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store, App);
        using var browser = Browser(host);
        var state = await BeginAsync(browser);

        using var answer = await browser.GetAsync($"/oauth/callback?code=abc&state={state}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("One location is connected", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var location = await host.ValueAsync<LocationRow>($"{LocationRow.Select} WHERE location_id = 'loc1'");
        // Settings that can be read: without them every webhook of the location would fail.
        Assert.True(location!.Settle() is { Active: true, Profile.Activation.Default: "off" });
        var row = await host.Get<TokensTable>().FindAsync("loc1", TestContext.Current.CancellationToken);
        Assert.Equal("access-0", host.Get<TokensTable>().Access(row!));
        await host.HeardAsync<LocationLifecycleChanged>(one => one is { LocationId: "loc1", Change: "connected" });
        Assert.Equal("abc", host.Ghl.Of("POST /oauth/token").Single().Form["code"]);
    }

    [Theory, BothStores]
    public async Task Connects_the_approved_locations_of_an_agency(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store, App);
        host.Ghl.State.Grant = new { access_token = "agency", refresh_token = "r", expires_in = "86399", companyId = "co1", userType = "Company", approvedLocations = new[] { "locA", "locB" } };
        using var browser = Browser(host);

        using var answer = await browser.GetAsync($"/oauth/callback?code=abc&state={await BeginAsync(browser)}", TestContext.Current.CancellationToken);

        Assert.Contains("2 locations are connected", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(3, await host.ValueAsync<long>("SELECT COUNT(*) FROM oauth_token WHERE company_id = 'co1'"));
        Assert.Equal(2, await host.ValueAsync<long>("SELECT COUNT(*) FROM location WHERE status = 'active'"));
    }

    [Fact]
    public async Task Finds_the_locations_of_an_agency_that_approved_all()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite", App);
        host.Ghl.State.Grant = new { access_token = "agency", refresh_token = "r", expires_in = 86399, companyId = "co1", approveAllLocations = true };
        using var browser = Browser(host);

        using var answer = await browser.GetAsync($"/oauth/callback?code=abc&state={await BeginAsync(browser)}", TestContext.Current.CancellationToken);

        Assert.Equal("app1", Assert.Single(host.Ghl.Of("GET /oauth/installedLocations")).Query["appId"]);
        Assert.Equal("X Homes", await host.ValueAsync<string>("SELECT name FROM location WHERE location_id = 'locX'"));
    }

    [Fact]
    public async Task A_state_is_good_once()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite", App);
        using var browser = Browser(host);
        var state = await BeginAsync(browser);

        Assert.Equal(HttpStatusCode.OK, await CallbackAsync(browser, $"code=abc&state={state}"));
        Assert.Equal(HttpStatusCode.BadRequest, await CallbackAsync(browser, $"code=abc&state={state}"));
        Assert.Single(host.Ghl.Of("POST /oauth/token"));
    }

    [Fact]
    public async Task A_state_is_good_for_ten_minutes()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite", App);
        using var browser = Browser(host);
        var state = await BeginAsync(browser);
        host.Clock.Move(TimeSpan.FromMinutes(10.1));

        Assert.Equal(HttpStatusCode.BadRequest, await CallbackAsync(browser, $"code=abc&state={state}"));
        Assert.Empty(host.Ghl.Seen);
    }

    [Theory]
    [InlineData("code=abc")]
    [InlineData("code=abc&state=forged")]
    [InlineData("code=abc&state=")]
    public async Task A_state_that_was_not_made_here_brings_nothing(string query)
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite", App);
        using var browser = Browser(host);

        Assert.Equal(HttpStatusCode.BadRequest, await CallbackAsync(browser, query));
        Assert.Empty(host.Ghl.Seen);
    }

    [Fact]
    public async Task A_failure_is_told_without_its_text()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite", App);
        using var browser = Browser(host);
        host.Ghl.Next("POST /oauth/token", Answer.Error(400, "secret detail"));

        using var answer = await browser.GetAsync($"/oauth/callback?code=abc&state={await BeginAsync(browser)}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.DoesNotContain("secret detail", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, await host.ValueAsync<long>("SELECT COUNT(*) FROM location"));
    }

    [Fact]
    public async Task Says_what_to_set_where_no_app_is_set_up()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        using var browser = Browser(host);

        using var answer = await browser.GetAsync("/oauth/start", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("Ghl:ClientId", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static HttpClient Browser(DeliveryHost host)
    {
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(host.Url) };
        browser.DefaultRequestHeaders.Add("X-Api-Key", DeliveryHost.AdminKey);
        return browser;
    }

    private static async Task<string> BeginAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync("/oauth/start", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var query = System.Web.HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
        Assert.Equal(("code", "app1-xyz", "https://hub.example/oauth/callback"), (query["response_type"], query["client_id"], query["redirect_uri"]));
        Assert.Contains("conversations/message.write", query["scope"]!, StringComparison.Ordinal);
        return query["state"]!;
    }

    private static async Task<HttpStatusCode> CallbackAsync(HttpClient browser, string query)
    {
        using var answer = await browser.GetAsync("/oauth/callback?" + query, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
