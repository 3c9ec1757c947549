using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EnterpriseHub.Platform.Hosting;
using Microsoft.AspNetCore.Builder;

namespace EnterpriseHub.Simulator.Tests;

/// <summary>The simulator on a free port, without latencies.</summary>
public class SimulatorHost : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("simulator-tests-").FullName;
    private WebApplication? app;

    public HttpClient Client { get; } = new();

    public string Address { get; private set; } = "";

    public string KeyFile => Path.Combine(folder, "keys", "webhook.pem");

    protected virtual string[] Settings => [];

    public async ValueTask InitializeAsync()
    {
        string[] settings =
        [
            "--Bus:Transport=InMemory", "--Store:Provider=Sqlite", $"--Store:Directory={folder}", "--Cache:Provider=Memory", "--Urls=http://127.0.0.1:0",
            "--Logging:LogLevel:Default=Error", $"--Simulator:WebhookKeyFile={KeyFile}",
        ];
        app = ServiceHost.Build([.. settings, .. Settings], new SimulatorModule());
        await app.StartAsync();
        Address = app.Urls.First();
        Client.BaseAddress = new Uri(Address);
        if (Settings.Length == 0)
        {
            await LatencyAsync(0, 0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    public Task<JsonElement> LatencyAsync(int least, int most) => PutAsync("/sim/control/latency",
        new { analysis = new { minMs = least, maxMs = most }, draft = new { minMs = least, maxMs = most }, other = new { minMs = least, maxMs = most }, ghl = new { minMs = least, maxMs = most } });

    public async Task<JsonElement> PutAsync(string path, object body)
    {
        using var response = await Client.PutAsync(path, Json(body));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await Client.PostAsync(path, Json(body));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    public Task FaultAsync(object rule) => PutAsync("/sim/control/faults", new[] { rule });

    public Task NoFaultAsync() => Client.DeleteAsync("/sim/control/faults");

    public async Task<JsonElement> GetAsync(string path) => JsonElement.Parse(await Client.GetStringAsync(path));

    /// <summary>One GHL call.</summary>
    public async Task<(int Status, JsonElement Body, HttpResponseHeaders Headers)> GhlAsync(
        string method, string path, object? body = null, string location = "loc-1", string? token = null, bool version = true, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/sim/ghl" + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? "sim-" + location);
        if (version)
        {
            request.Headers.Add("Version", "2021-07-28");
        }
        request.Content = body is null ? null : Json(body);
        using var response = await Client.SendAsync(request, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        return ((int)response.StatusCode, JsonElement.Parse(text), response.Headers);
    }

    /// <summary>One Claude call; the answer is not read yet.</summary>
    public async Task<HttpResponseMessage> ClaudeAsync(object body, string key = "key-1", string? version = "2026-10-21", string path = "/v1/messages", CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sim/claude" + path) { Content = Json(body) };
        request.Headers.Add("x-api-key", key);
        if (version is not null)
        {
            request.Headers.Add("anthropic-version", version);
        }
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    public async Task<(int Status, JsonElement Body)> AskAsync(object body, string key = "key-1")
    {
        using var response = await ClaudeAsync(body, key);
        return ((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    public static StringContent Json(object body) => new(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
}
