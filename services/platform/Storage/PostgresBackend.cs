using System.Collections.Concurrent;
using System.Data.Common;
using EnterpriseHub.Platform.Hosting;
using Npgsql;

namespace EnterpriseHub.Platform.Storage;

/// <summary>PostgreSQL: one schema a module, one pooled data source a schema.</summary>
internal sealed class PostgresBackend(StoreOptions options) : StoreBackend, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, NpgsqlDataSource> _sources = new(StringComparer.Ordinal);

    private readonly string _connection = options.ConnectionString
        ?? throw new SettingException("Store:ConnectionString", null, "a PostgreSQL connection string, e.g. Host=db;Database=hub;Username=hub;Password=…");

    public override SqlDialect Dialect => SqlDialect.Postgres;

    public override async Task<DbConnection> OpenAsync(string schema, CancellationToken cancellation) =>
        await Source(schema).OpenConnectionAsync(cancellation);

    public override Task<IDisposable> EnterWriteAsync(string schema, CancellationToken cancellation) => Free;

    public override async Task MigrateAsync(string schema, Func<DbConnection, Task> migrate, CancellationToken cancellation)
    {
        await using var connection = await Source(schema).OpenConnectionAsync(cancellation);
        await RunAsync(connection, $"SELECT pg_advisory_lock(hashtext('migrate-{schema}'))", cancellation);
        try
        {
            await RunAsync(connection, $"""
                CREATE SCHEMA IF NOT EXISTS "{schema}";
                CREATE OR REPLACE FUNCTION "{schema}".now_ms() RETURNS BIGINT LANGUAGE sql VOLATILE
                AS 'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint'
                """, cancellation);
            await migrate(connection);
        }
        finally
        {
            await RunAsync(connection, $"SELECT pg_advisory_unlock(hashtext('migrate-{schema}'))", CancellationToken.None);
        }
    }

    public override bool IsTransient(DbException failure) => failure.IsTransient;

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources.Values)
        {
            await source.DisposeAsync();
        }
    }

    private NpgsqlDataSource Source(string schema) => _sources.GetOrAdd(schema, name =>
    {
        var settings = new NpgsqlConnectionStringBuilder(_connection)
        {
            SearchPath = name,
            MaxPoolSize = options.MaxConnections,
            ApplicationName = $"enterprisehub/{name}",
            // The same few statements run for ever: prepared once, they skip parse and plan.
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            Timeout = 5,
            CommandTimeout = 30,
        };
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    });

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed class NoGate : IDisposable
    {
        public void Dispose()
        {
        }
    }

    private static readonly Task<IDisposable> Free = Task.FromResult<IDisposable>(new NoGate());
}
