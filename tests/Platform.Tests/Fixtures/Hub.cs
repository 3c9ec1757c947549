using EnterpriseHub.Platform.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Platform.Tests.Fixtures;

/// <summary>The production composition on a free port, with its own folder.</summary>
internal sealed class Hub : IAsyncDisposable
{
    public const string AdminKey = "the-admin-key-of-the-tests";

    private readonly TempFolder _folder;

    private Hub(WebApplication app, TempFolder folder)
    {
        App = app;
        _folder = folder;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public WebApplication App { get; }

    public Uri Address { get; }

    public static async Task<Hub> StartAsync(TestModule module, params string[] settings)
    {
        var folder = new TempFolder();
        var app = Build(module, folder, settings);
        await app.StartAsync();
        return new Hub(app, folder);
    }

    public static WebApplication Build(TestModule module, TempFolder folder, params string[] settings) =>
        ServiceHost.Build(Arguments(folder, settings), module);

    public static string[] Arguments(TempFolder folder, params string[] settings) =>
    [
        "--urls", "http://127.0.0.1:0",
        "--Bus:Transport", "InMemory",
        "--Store:Provider", "Sqlite", "--Store:Directory", folder.Path,
        "--Cache:Provider", "Memory",
        "--Admin:ApiKey", AdminKey, "--Admin:GenerateKey", "false",
        "--Logging:LogLevel:EnterpriseHub", "Error", "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "Error",
        .. settings,
    ];

    /// <summary>A client with a key; null for none. It keeps no cookies and unpacks nothing.</summary>
    public HttpClient Client(string? key = AdminKey)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("X-Api-Key", key);
        }
        return client;
    }

    public T Get<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        _folder.Dispose();
    }
}

internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("hub-platform-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Waits for something that happens in the background; fails when it does not.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<Task<bool>> holds, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (!await holds())
        {
            if (patience.IsCancellationRequested)
            {
                Assert.Fail($"Did not happen: {what}");
            }
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
