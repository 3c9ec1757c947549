using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.Platform.Tests.Fixtures;
using EnterpriseHub.Platform.Tests.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EnterpriseHub.Platform.Tests.Http;

public sealed class Hygiene
{
    private static readonly TestModule Module = new()
    {
        Endpoints = routes =>
        {
            routes.MapGet("/api/json/{length:int}", (int length) => TypedResults.Ok(new { text = new string('a', length), none = (string?)null, role = HubRole.Admin }));
            routes.MapGet("/api/exact/{length:int}", async (int length, HttpContext context) =>
            {
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(new string('1', length), context.RequestAborted);
            });
            routes.MapGet("/api/stream", StreamAsync);
            routes.MapGet("/api/boom", new Func<string>(() => throw new InvalidOperationException("the secret detail")));
            routes.MapGet("/api/half", async (HttpContext context) =>
            {
                await context.Response.WriteAsync("half an answer", context.RequestAborted);
                throw new InvalidOperationException();
            });
            routes.MapPost("/api/read", (Body body) => body.Name);
        },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/json/10", null)]
    [InlineData("/api/exact/500", null)]
    [InlineData("/api/exact/501", "br")]
    [InlineData("/api/json/20000", "br")]
    public async Task Only_bodies_over_500_bytes_are_compressed(string path, string? encoding)
    {
        await using var hub = await Hub.StartAsync(Module);
        using var client = hub.Client();
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, br");
        using var response = await client.GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        await using var body = await response.Content.ReadAsStreamAsync(Stop);
        await using Stream plain = encoding is null ? body : new BrotliStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        var text = await reader.ReadToEndAsync(Stop);
        using var unencoded = hub.Client();
        Assert.Equal(await unencoded.GetStringAsync(path, Stop), text);
    }

    [Fact]
    public async Task A_live_stream_is_neither_held_nor_compressed_and_ends_with_the_process()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var client = hub.Client();
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, br");
        using var response = await client.GetAsync("/api/stream", HttpCompletionOption.ResponseHeadersRead, Stop);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Stop));

        // The second event is never sent: the first is here though the answer has not ended.
        Assert.Equal("data: first", await reader.ReadLineAsync(Stop));
        Assert.Empty(response.Content.Headers.ContentEncoding);

        hub.Get<IHostApplicationLifetime>().StopApplication();
        await Assert.ThrowsAnyAsync<Exception>(() => reader.ReadToEndAsync(Stop));
    }

    [Fact]
    public async Task Every_answer_tells_browsers_what_is_allowed()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var client = hub.Client();
        foreach (var path in (string[])["/api/json/1", "/api/none", "/api/boom", "/health/live"])
        {
            using var response = await client.GetAsync(path, Stop);
            Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
            Assert.Equal("DENY", Header(response, "X-Frame-Options"));
            Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
            Assert.Contains("script-src 'self'", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.False(response.Headers.Contains("Server"));
            Assert.False(response.Headers.Contains("Strict-Transport-Security"));
        }
    }

    [Fact]
    public async Task A_failure_tells_a_trace_id_and_nothing_of_itself()
    {
        await using var hub = await Hub.StartAsync(Module, "--environment", "Development");
        using var client = hub.Client();
        using var response = await client.GetAsync("/api/boom", Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        await KeysAndRoles.ProblemAsync(response, "traceId");
        Assert.DoesNotContain("secret detail", text, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_an_answer_does_not_get_into_the_problem()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var client = hub.Client();
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, br");
        using var response = await client.GetAsync("/api/half", Stop);
        await KeysAndRoles.ProblemAsync(response, "traceId");
    }

    [Fact]
    public async Task Bad_requests_keep_their_status()
    {
        await using var hub = await Hub.StartAsync(Module, "--Http:MaxBodyBytes", "2000");
        using var client = hub.Client();
        using var broken = await client.PostAsync("/api/read", new StringContent("{", System.Text.Encoding.UTF8, "application/json"), Stop);
        using var kind = await client.PostAsync("/api/read", new StringContent("{}", System.Text.Encoding.UTF8, "text/plain"), Stop);
        using var large = await client.PostAsJsonAsync("/api/read", new { name = new string('a', 3000) }, Stop);
        using var method = await client.DeleteAsync("/api/read", Stop);

        Assert.Equal([400, 415, 413, 405], new[] { broken, kind, large, method }.Select(response => (int)response.StatusCode));
        foreach (var response in (HttpResponseMessage[])[broken, kind, large, method])
        {
            await KeysAndRoles.ProblemAsync(response, "");
        }
    }

    [Fact]
    public async Task Json_leaves_nulls_out_and_names_enums()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var client = hub.Client();
        Assert.Equal("""{"text":"a","role":"admin"}""", await client.GetStringAsync("/api/json/1", Stop));
    }

    [Fact]
    public async Task Health_says_what_an_operator_asks_first()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var client = hub.Client();
        using var nobody = hub.Client(key: null);
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync("/health/ready", Stop)).StatusCode);
        var detail = await client.GetFromJsonAsync<JsonElement>("/health/detailed", Stop);

        Assert.Equal("ready", detail.GetProperty("status").GetString());
        Assert.Equal("up", detail.GetProperty("store").GetProperty("state").GetString());
        Assert.Equal("none", detail.GetProperty("cache").GetProperty("shared").GetString());
        Assert.Equal("test", detail.GetProperty("modules")[0].GetString());
        Assert.Equal("security", detail.GetProperty("pools").GetProperty("store")[0].GetProperty("schema").GetString());
        Assert.NotEqual("", detail.GetProperty("bus").GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_interface_describes_itself()
    {
        await using var hub = await Hub.StartAsync(Module);
        using var nobody = hub.Client(key: null);
        var api = await nobody.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Stop);

        Assert.True(api.GetProperty("paths").TryGetProperty("/api/boom", out var boom));
        Assert.Equal("ApiKey", boom.GetProperty("get").GetProperty("security")[0].EnumerateObject().Single().Name);
        Assert.False(api.GetProperty("paths").GetProperty("/health/live").GetProperty("get").TryGetProperty("security", out _));
        Assert.Equal("X-Api-Key", api.GetProperty("components").GetProperty("securitySchemes").GetProperty("ApiKey").GetProperty("name").GetString());
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));

    private static async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync("data: first\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private sealed record Body(string Name);
}
