using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.Platform.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Platform.Tests.Security;

public sealed class KeysAndRoles
{
    private static readonly TestModule Module = new()
    {
        Endpoints = routes =>
        {
            routes.MapKeyEndpoints();
            routes.MapGet("/api/read", (HttpContext context) => Caller.Of(context).KeyId);
            routes.MapPost("/api/act", () => Results.Ok()).RequireRole(HubRole.Operator);
            routes.MapDelete("/api/all", () => Results.Ok()).RequireRole(HubRole.Admin);
            routes.MapPost("/webhooks/any", () => Results.Ok()).AllowAnonymous();
            routes.MapGet("/api/mine/{locationId}", (string locationId, HttpContext context) =>
                Caller.Of(context).MaySee(locationId) ? Results.Ok() : Results.NotFound());
        },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_but_what_is_marked_anonymous_answers_without_a_key()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var nobody = hub.Client(key: null);
        var open = new HashSet<string>(StringComparer.Ordinal)
        {
            "/health/live", "/health/ready", "/openapi/{documentName}.json", "/webhooks/any", "/api/session POST", "/api/session DELETE",
            // Open to this machine only; its own test says so.
            "/metrics",
        };
        var endpoints = hub.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();

        Assert.True(endpoints.Count >= 15);
        foreach (var endpoint in endpoints)
        {
            var path = $"/{endpoint.RoutePattern.RawText!.Trim('/')}";
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{keyId}", "x", StringComparison.Ordinal));
            using var response = await nobody.SendAsync(request, Stop);
            if (!open.Contains(path) && !open.Contains($"{path} {method}"))
            {
                Assert.True(HttpStatusCode.Unauthorized == response.StatusCode, $"{method} {path}: {response.StatusCode}");
                await ProblemAsync(response, "X-Api-Key");
            }
        }
    }

    [Fact]
    public async Task An_unknown_path_is_404_and_a_wrong_key_401()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var nobody = hub.Client(key: null);
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.GetAsync("/api/none", Stop)).StatusCode);
        foreach (var key in (string[])["", "x", "ehk_", "ehk_a_b", $"ehk_0123456789ab_{new string('0', 64)}", Hub.AdminKey + "x"])
        {
            using var client = hub.Client(key);
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/read", Stop)).StatusCode);
        }
    }

    [Fact]
    public async Task Each_role_may_do_what_the_one_before_may()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var admin = hub.Client();
        (string Role, int[] Status)[] matrix = [("viewer", [200, 403, 403]), ("operator", [200, 200, 403]), ("admin", [200, 200, 200])];
        foreach (var (role, status) in matrix)
        {
            using var client = hub.Client((await AddAsync(admin, role)).Key);
            using var read = await client.GetAsync("/api/read", Stop);
            using var act = await client.PostAsync("/api/act", null, Stop);
            using var all = await client.DeleteAsync("/api/all", Stop);
            Assert.Equal(status, new[] { read, act, all }.Select(response => (int)response.StatusCode));
        }
    }

    [Fact]
    public async Task A_bearer_key_works_as_the_header_does()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var client = hub.Client(key: null);
        client.DefaultRequestHeaders.Authorization = new("Bearer", Hub.AdminKey);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/read", Stop)).StatusCode);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var admin = hub.Client();
        var (id, key) = await AddAsync(admin, "viewer");
        using var client = hub.Client(key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/read", Stop)).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/keys/{id}", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/read", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.DeleteAsync($"/api/keys/{id}", Stop)).StatusCode);
    }

    [Fact]
    public async Task A_key_of_a_location_sees_only_its_own_and_makes_no_wider_keys()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var admin = hub.Client();
        using var client = hub.Client((await AddAsync(admin, "admin", "loc-a")).Key);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/mine/loc-a", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/mine/loc-b", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsJsonAsync("/api/keys", new { name = "wide", role = "admin" }, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsJsonAsync("/api/keys", new { name = "other", role = "viewer", locationId = "loc-b" }, Stop)).StatusCode);
        var foreign = await AddAsync(admin, "viewer", "loc-b");
        Assert.Equal(HttpStatusCode.NotFound, (await client.DeleteAsync($"/api/keys/{foreign.KeyId}", Stop)).StatusCode);
    }

    [Fact]
    public async Task The_list_of_keys_and_the_store_hold_no_secret()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var admin = hub.Client();
        var (id, key) = await AddAsync(admin, "viewer");
        var secret = key.Split('_')[2];
        var list = await admin.GetStringAsync("/api/keys", Stop);
        var rows = await hub.Get<SecurityDatabase>().ReadAsync(sql => sql.QueryAsync<StoredKey>("SELECT * FROM api_key"), Stop);

        Assert.Contains(id, list, StringComparison.Ordinal);
        Assert.Contains("\"viewer\"", list, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, list, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, JsonSerializer.Serialize(rows), StringComparison.Ordinal);
        Assert.Equal(64, Assert.Single(rows).SecretHash.Length);
    }

    [Theory]
    [InlineData("""{"role":"viewer"}""", 400)]
    [InlineData("""{"name":"x"}""", 400)]
    [InlineData("""{"name":"x","role":"king"}""", 400)]
    [InlineData("""{"name":"x","role":7}""", 400)]
    [InlineData("""{"name":""", 400)]
    [InlineData("""{"name":"x","role":"viewer","locationId":"*"}""", 400)]
    [InlineData("""{"name":"x","role":"viewer","locationId":"a b"}""", 400)]
    [InlineData("""{"name":"x","role":"Viewer"}""", 201)]
    public async Task A_wish_for_a_key_is_checked(string body, int status)
    {
        await using var hub = await Hub.StartAsync(Module);
        using var admin = hub.Client();
        using var response = await admin.PostAsync("/api/keys", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Stop);
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 400)
        {
            await ProblemAsync(response, "");
        }
    }

    [Fact]
    public async Task A_key_that_calls_too_often_waits_but_webhooks_do_not_count()
    {
        await using var hub = await Hub.StartAsync(Module, "--RateLimit:PerMinute", "3");
        using var admin = hub.Client();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync("/webhooks/any", null, Stop)).StatusCode);
        }
        var seen = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            seen.Add((int)(await admin.GetAsync("/api/read", Stop)).StatusCode);
        }
        using var last = await admin.GetAsync("/api/read", Stop);

        Assert.Equal([200, 200, 200, 429], seen);
        Assert.InRange(int.Parse(Assert.Single(last.Headers.GetValues("Retry-After")), null), 1, 60);
        await ProblemAsync(last, "Try again in");
    }

    [Fact]
    public async Task Without_the_key_store_callers_are_refused_and_webhooks_go_on()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var client = hub.Client($"ehk_0123456789ab_{new string('0', 64)}");
        await hub.Get<SecurityDatabase>().WriteAsync(unit => unit.ExecuteAsync("DROP TABLE api_key"), Stop);

        using var refused = await client.GetAsync("/api/read", Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        await ProblemAsync(refused, "key store");
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/webhooks/any", null, Stop)).StatusCode);
    }

    internal static async Task ProblemAsync(HttpResponseMessage response, string says)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.Contains(says, problem.ToString(), StringComparison.Ordinal);
    }

    internal static async Task<(string KeyId, string Key)> AddAsync(HttpClient admin, string role, string? locationId = null)
    {
        using var response = await admin.PostAsJsonAsync("/api/keys", new { name = "test", role, locationId }, Stop);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var key = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return (key.GetProperty("keyId").GetString()!, key.GetProperty("key").GetString()!);
    }
}
