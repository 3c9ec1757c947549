using EnterpriseHub.Platform.Hosting;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.TestKit.Hosting;

/// <summary>Some modules in one real host on a free port: SQLite in a fresh folder, the in-memory bus.</summary>
public sealed class ModuleHost : IAsyncDisposable
{
    private readonly string _data;
    private readonly bool _ownsData;
    private readonly WebApplication _app;

    private ModuleHost(WebApplication app, string data, bool ownsData)
    {
        _app = app;
        _data = data;
        _ownsData = ownsData;
        Http.BaseAddress = Address;
        Http.DefaultRequestHeaders.Add("X-Api-Key", TestCallers.AdminKey);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Client with the admin key.</summary>
    public HttpClient Http { get; } = new();

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts the modules and the test's callers (see <see cref="TestCallers"/>).</summary>
    public static Task<ModuleHost> StartAsync(params IServiceModule[] modules) => StartAsync([], null, modules);

    /// <summary>Starts the modules with further settings (<c>--Section:Key=value</c>), in a data folder that may be another host's.</summary>
    public static async Task<ModuleHost> StartAsync(IReadOnlyList<string> settings, string? data, params IServiceModule[] modules)
    {
        var folder = data ?? Directory.CreateTempSubdirectory("hub-test-").FullName;
        var app = ServiceHost.Build(
            [
                "--Urls=http://127.0.0.1:0", "--Bus:Transport=InMemory", "--Store:Provider=Sqlite", $"--Store:Directory={folder}",
                "--Cache:Provider=Memory", $"--Admin:ApiKey={TestCallers.AdminKey}", "--Admin:GenerateKey=false",
                $"--Security:MasterKey={Convert.ToBase64String(new byte[32])}", "--RateLimit:PerMinute=100000",
                "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:EnterpriseHub=Warning",
                .. settings,
            ],
            [.. modules, new TestCallers()]);
        await app.StartAsync();
        // What is published before a queue is bound is nobody's.
        await app.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
        return new ModuleHost(app, folder, data is null);
    }

    /// <summary>The folder of the store's files.</summary>
    public string Data => _data;

    /// <summary>Publishes a message; the same id twice is a duplicate delivery.</summary>
    public async Task PublishAsync<T>(T message, Guid? id = null)
        where T : class => await Services.GetRequiredService<IBus>()
            .Publish(message, context => context.MessageId = id ?? NewId.NextGuid(), CancellationToken.None);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsData)
        {
            Directory.Delete(_data, recursive: true);
        }
    }
}
