using EnterpriseHub.Platform.Hosting;
using Microsoft.Extensions.Hosting;

namespace EnterpriseHub.Platform.Security;

/// <summary>Makes the first admin key and shows it once, so that a newcomer gets in and nobody else does.</summary>
internal sealed class FirstAdminKey(AdminOptions options, KeyStore store, SelfAddress self) : IHostedLifecycleService
{
    /// <summary>Once the server listens: only then is its address known.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!options.GenerateKey || !string.IsNullOrEmpty(options.ApiKey) || await store.AddFirstAdminKeyAsync(cancellationToken) is not { } key)
        {
            return;
        }
        string[] lines = [$"Dashboard   {self.Resolve("/")}", $"Admin key   {key}", "", "Keep the key: it is shown only now. It also goes into the X-Api-Key header."];
        var width = lines.Max(line => line.Length);
        var edge = new string('─', width + 2);
        await Console.Out.WriteLineAsync(
            $"┌{edge}┐\n{string.Join('\n', lines.Select(line => $"│ {line.PadRight(width)} │"))}\n└{edge}┘".AsMemory(), cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
