using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnterpriseHub.Platform.Storage;

/// <summary>The store table and the registration of module databases.</summary>
public static class StoreSetup
{
    private static readonly Dictionary<string, Func<StoreOptions, IServiceProvider, StoreBackend>> Backends = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Postgres"] = (options, services) => new PostgresBackend(
            options, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<PostgresBackend>>()),
        ["Sqlite"] = (options, services) => new SqliteBackend(options, services.GetRequiredService<TimeProvider>()),
    };

    internal static void AddStore(this IHostApplicationBuilder builder)
    {
        var options = builder.ReadOptions<StoreOptions>("Store");
        var choose = SettingException.Choose("Store:Provider", options.Provider, Backends);
        builder.Services.AddSingleton(provider => choose(options, provider));
    }

    /// <summary>Registers a module's database with its migrations, outbox relay and inbox purge.</summary>
    public static IServiceCollection AddModuleDatabase<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase
    {
        services.AddSchema<TDatabase>();
        services.AddHostedService<OutboxRelay<TDatabase>>();
        return services;
    }

    /// <summary>Registers a database that publishes nothing: migrations only.</summary>
    internal static IServiceCollection AddSchema<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase
    {
        services.TryAddSingleton<TDatabase>();
        services.AddSingleton<ModuleDatabase>(provider => provider.GetRequiredService<TDatabase>());
        services.AddHostedService<MigrateAtStart<TDatabase>>();
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
