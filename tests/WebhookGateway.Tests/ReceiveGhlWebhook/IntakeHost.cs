using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.WebhookGateway.Storage;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

/// <summary>The gateway's own composition on a free port with embedded backends; what it published is read from its outbox.</summary>
public class IntakeHost : IAsyncLifetime
{
    private const string AdminKey = "test-admin-key-0123456789";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly string _data = Directory.CreateTempSubdirectory("hub-intake-").FullName;
    private WebApplication? _app;

    protected virtual IReadOnlyList<string> Settings => [];

    protected virtual IReadOnlyList<IServiceModule> Modules => [];

    public IServiceProvider Services => _app!.Services;

    public HttpClient Anonymous { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    internal GatewayDatabase Database => Services.GetRequiredService<GatewayDatabase>();

    public virtual async ValueTask InitializeAsync()
    {
        _app = Build([.. Settings]);
        await _app.StartAsync();
        Anonymous = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        Admin = Client(AdminKey);
    }

    public WebApplication Build(params string[] settings) => ServiceHost.Build(
        [
            "--Bus:Transport=InMemory", "--Store:Provider=Sqlite", $"--Store:Directory={_data}", "--Cache:Provider=Memory", "--Urls=http://127.0.0.1:0",
            $"--Ghl:WebhookKeys:Ed25519:0={SigningKey.Test.Spki}", $"--Admin:ApiKey={AdminKey}", "--Security:CreateMasterKey=true", "--Ghl:BaseUrl=http://127.0.0.1:1", "--Logging:LogLevel:Default=Warning",
            .. settings,
        ],
        [new WebhookGatewayModule(), new KeysModule(), .. Modules]);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A client whose key has a role and, if given, one location.</summary>
    public async Task<HttpClient> ClientAsync(string role, string? locationId = null)
    {
        var answer = await Admin.PostAsJsonAsync("/api/keys", new { name = "test", role, locationId });
        answer.EnsureSuccessStatusCode();
        return Client((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!);
    }

    /// <summary>A connected location with a name of its own.</summary>
    public async Task<string> LocationAsync(object? settings = null)
    {
        var id = $"L{Guid.CreateVersion7():N}";
        var answer = await Admin.PutAsJsonAsync($"/api/locations/{id}", settings ?? new { name = "Test" });
        answer.EnsureSuccessStatusCode();
        return id;
    }

    public Task<HttpResponseMessage> SendAsync(JsonNode payload) => SendAsync(Encoding.UTF8.GetBytes(payload.ToJsonString()));

    public Task<HttpResponseMessage> SendAsync(byte[] body, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/ghl") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("X-GHL-Signature", SigningKey.Test.SignBase64(body));
        change?.Invoke(request);
        return Anonymous.SendAsync(request);
    }

    /// <summary>Sends and returns the status word of the 200.</summary>
    public async Task<string> AcceptAsync(JsonNode payload)
    {
        var answer = await SendAsync(payload);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString()!;
    }

    public async Task<IReadOnlyList<T>> PublishedAsync<T>(Func<T, bool> which)
    {
        var name = $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}";
        var bodies = await Database.ReadAsync(
            session => session.QueryAsync<string>("SELECT body FROM outbox WHERE message_type = @name ORDER BY id", new { name }), CancellationToken.None);
        return [.. bodies.Select(body => JsonSerializer.Deserialize<T>(body, Json)!).Where(which)];
    }

    public Task<T?> QueryAsync<T>(string sql, object arguments) =>
        Database.ReadAsync(session => session.FirstOrDefaultAsync<T>(sql, arguments), CancellationToken.None);

    public Task<int> ExecuteAsync(string sql, object arguments) =>
        Database.WriteAsync(unit => unit.ExecuteAsync(sql, arguments), CancellationToken.None);

    private HttpClient Client(string key)
    {
        var client = new HttpClient { BaseAddress = Anonymous.BaseAddress };
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    private sealed class KeysModule : IServiceModule
    {
        public string Name => "test-keys";

        public void AddServices(IServiceCollection services, IConfiguration configuration)
        {
        }

        public void AddConsumers(IBusRegistrationConfigurator bus)
        {
        }

        public void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapKeyEndpoints();
    }
}
