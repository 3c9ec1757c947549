using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.Platform.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Platform.Tests.Security;

public sealed class Sessions
{
    private static readonly TestModule Module = new()
    {
        Endpoints = routes =>
        {
            routes.MapKeyEndpoints();
            routes.MapGet("/api/socket", async (HttpContext context) => (await context.WebSockets.AcceptWebSocketAsync()).Dispose());
            routes.MapPost("/api/act", () => Results.Ok()).RequireRole(HubRole.Operator);
        },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_exchanged_for_a_cookie_that_scripts_cannot_read()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var browser = hub.Client(key: null);
        var cookie = await LogInAsync(browser, Hub.AdminKey);

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Hub.AdminKey, cookie, StringComparison.Ordinal);

        using var me = await SendAsync(browser, HttpMethod.Get, "/api/session", cookie);
        Assert.Equal("admin", (await me.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("role").GetString());
    }

    [Fact]
    public async Task Behind_https_the_cookie_is_secure_and_the_browser_stays_with_https()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var browser = hub.Client(key: null);
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var response = await browser.PostAsJsonAsync("/api/session", new { key = Hub.AdminKey }, Stop);

        Assert.Contains("; secure", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);
        Assert.True(response.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "none", 403)]
    [InlineData("Origin", "{self}", 200)]
    [InlineData("Origin", "https://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("X-Nothing", "x", 403)]
    public async Task A_cookie_changes_something_only_from_our_own_pages(string header, string value, int status)
    {
        await using var hub = await Hub.StartAsync(Module);
        using var browser = hub.Client(key: null);
        var cookie = await LogInAsync(browser, Hub.AdminKey);
        browser.DefaultRequestHeaders.Add(header, value.Replace("{self}", hub.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));

        using var response = await SendAsync(browser, HttpMethod.Post, "/api/act", cookie);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("{self}", true)]
    [InlineData("https://evil.example", false)]
    public async Task A_cookie_opens_a_socket_only_from_our_own_pages(string origin, bool opens)
    {
        await using var hub = await Hub.StartAsync(Module);
        using var browser = hub.Client(key: null);
        var cookie = await LogInAsync(browser, Hub.AdminKey);
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookie.Split(';')[0]);
        socket.Options.SetRequestHeader("Origin", origin.Replace("{self}", hub.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));
        var connecting = socket.ConnectAsync(new UriBuilder(hub.Address) { Scheme = "ws", Path = "/api/socket" }.Uri, Stop);

        Assert.Equal(opens, await Record.ExceptionAsync(() => connecting) is null);
    }

    [Fact]
    public async Task After_log_out_the_cookie_is_worth_nothing()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var browser = hub.Client(key: null);
        var cookie = await LogInAsync(browser, Hub.AdminKey);
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(browser, HttpMethod.Delete, "/api/session", cookie)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(browser, HttpMethod.Get, "/api/session", cookie)).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_with_its_key()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var admin = hub.Client();
        using var browser = hub.Client(key: null);
        var (id, key) = await KeysAndRoles.AddAsync(admin, "viewer");
        var cookie = await LogInAsync(browser, key);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(browser, HttpMethod.Get, "/api/session", cookie)).StatusCode);

        await admin.DeleteAsync($"/api/keys/{id}", Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(browser, HttpMethod.Get, "/api/session", cookie)).StatusCode);
    }

    [Theory]
    [InlineData(11.9, HttpStatusCode.OK)]
    [InlineData(12.1, HttpStatusCode.Unauthorized)]
    public async Task A_session_ends_after_its_hours(double hours, HttpStatusCode status)
    {
        var clock = new HandClock();
        var module = new TestModule { Services = services => services.AddSingleton<TimeProvider>(clock), Endpoints = Module.Endpoints };
        await using var hub = await Hub.StartAsync(module);
        using var browser = hub.Client(key: null);
        var cookie = await LogInAsync(browser, Hub.AdminKey);
        clock.Pass(TimeSpan.FromHours(hours));
        Assert.Equal(status, (await SendAsync(browser, HttpMethod.Get, "/api/session", cookie)).StatusCode);
    }

    [Fact]
    public async Task Guessing_a_key_is_slowed_down()
    {
        await using var hub = await Hub.StartAsync(Module, "--RateLimit:LoginsPerMinute", "3");
        using var browser = hub.Client(key: null);
        var seen = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            seen.Add((int)(await browser.PostAsJsonAsync("/api/session", new { key = $"guess-number-{i}-of-many" }, Stop)).StatusCode);
        }
        Assert.Equal([401, 401, 401, 429], seen);
    }

    private static async Task<string> LogInAsync(HttpClient browser, string key)
    {
        using var response = await browser.PostAsJsonAsync("/api/session", new { key }, Stop);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response.Headers.GetValues("Set-Cookie").Single();
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, HttpMethod method, string path, string cookie)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        return await browser.SendAsync(request, Stop);
    }
}
