using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Messaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace EnterpriseHub.Platform.Storage;

/// <summary>The store table and the registration of module databases.</summary>
public static class StoreSetup
{
    private static readonly Dictionary<string, Func<StoreOptions, TimeProvider, StoreBackend>> Backends = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Postgres"] = (options, _) => new PostgresBackend(options),
        ["Sqlite"] = (options, time) => new SqliteBackend(options, time),
    };

    internal static void AddStore(this IHostApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Store").Get<StoreOptions>() ?? new StoreOptions();
        var choose = SettingException.Choose("Store:Provider", options.Provider, Backends);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(provider => choose(options, provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Registers a module's database with its migrations, outbox relay and inbox purge.</summary>
    public static IServiceCollection AddModuleDatabase<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase
    {
        services.TryAddSingleton<TDatabase>();
        services.AddHostedService<MigrateAtStart<TDatabase>>();
        services.AddHostedService<OutboxRelay<TDatabase>>();
        return services;
    }

    private sealed class MigrateAtStart<TDatabase>(TDatabase database) : IHostedLifecycleService
        where TDatabase : ModuleDatabase
    {
        public Task StartingAsync(CancellationToken cancellationToken) => database.MigrateAsync(cancellationToken);

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
