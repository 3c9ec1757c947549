using System.Collections.Concurrent;
using System.Data.Common;
using EnterpriseHub.Platform.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EnterpriseHub.Platform.Storage;

/// <summary>PostgreSQL: one schema a module, one pooled data source a schema.</summary>
internal sealed class PostgresBackend(StoreOptions options, TimeProvider time, ILogger<PostgresBackend> logger) : StoreBackend, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly Task<IDisposable> Free = Task.FromResult<IDisposable>(new NoGate());

    private readonly ConcurrentDictionary<string, Lazy<NpgsqlDataSource>> _sources = new(StringComparer.Ordinal);
    private readonly string _connection = Checked(options.ConnectionString);
    private int _roleChecked;

    public override SqlDialect Dialect => SqlDialect.Postgres;

    public override int? ConnectionLimit => options.MaxConnections;

    public override bool HasRowSecurity => true;

    public override async Task<DbConnection> OpenAsync(string schema, CancellationToken cancellation) =>
        await Source(schema).OpenConnectionAsync(cancellation);

    public override Task<IDisposable> EnterWriteAsync(string schema, CancellationToken cancellation) => Free;

    public override async Task MigrateAsync(string schema, Func<DbConnection, Task> migrate, CancellationToken cancellation)
    {
        await using var connection = await OpenPatientlyAsync(schema, cancellation);
        await CheckRoleAsync(connection, cancellation);
        await RunAsync(connection, $"SELECT pg_advisory_lock(hashtext('migrate-{schema}'))", cancellation);
        try
        {
            // STABLE and inlined: the planner may use an index for "due_at <= now_ms()", which a volatile clock forbids.
            await RunAsync(connection, $"""
                CREATE SCHEMA IF NOT EXISTS "{schema}";
                CREATE OR REPLACE FUNCTION "{schema}".now_ms() RETURNS BIGINT LANGUAGE sql STABLE
                AS 'SELECT (extract(epoch FROM statement_timestamp()) * 1000)::bigint'
                """, cancellation);
            await migrate(connection);
            await RowSecurity.ApplyAsync(connection, schema, cancellation);
        }
        finally
        {
            // A broken connection has given the lock back already.
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await RunAsync(connection, $"SELECT pg_advisory_unlock(hashtext('migrate-{schema}'))", CancellationToken.None);
            }
        }
    }

    public override bool IsTransient(DbException failure) => failure.IsTransient;

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources.Values)
        {
            await source.Value.DisposeAsync();
        }
    }

    /// <summary>In compose and Kubernetes the services often start before their database does.</summary>
    private async Task<NpgsqlConnection> OpenPatientlyAsync(string schema, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await Source(schema).OpenConnectionAsync(cancellation);
            }
            catch (PostgresException refused) when (!refused.IsTransient)
            {
                throw new StoreUnreachableException($"PostgreSQL refused the connection: {refused.MessageText}. Check Store:ConnectionString.", refused);
            }
            catch (NpgsqlException failure) when (time.GetElapsedTime(began).TotalSeconds < options.StartPatienceSeconds)
            {
                logger.LogWarning("PostgreSQL does not answer yet ({Error}); trying again", failure.InnerException?.GetType().Name ?? failure.GetType().Name);
                await Task.Delay(Pause, time, cancellation);
            }
            catch (NpgsqlException failure)
            {
                throw new StoreUnreachableException(
                    $"PostgreSQL did not answer for {options.StartPatienceSeconds} s. Check that it runs and that Store:ConnectionString names it.", failure);
            }
        }
    }

    /// <exception cref="SettingException">The role passes by row security, and that is not allowed.</exception>
    private async Task CheckRoleAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _roleChecked, 1) == 1 || !await RowSecurity.IsBypassedAsync(connection, cancellation))
        {
            return;
        }
        if (options.RequireRowSecurity)
        {
            throw new SettingException("Store:ConnectionString", "(a role that is SUPERUSER or BYPASSRLS)",
                "a role that is neither and owns the database (docs/decisions/0008), or Store:RequireRowSecurity=false");
        }
        logger.LogWarning(
            "The database role is SUPERUSER or BYPASSRLS: row-level security does not hold for it, tenants are kept apart by the program alone. "
            + "Give Store:ConnectionString a plain role that owns the database, and set Store:RequireRowSecurity=true");
    }

    private NpgsqlDataSource Source(string schema) => _sources.GetOrAdd(schema, name => new Lazy<NpgsqlDataSource>(() =>
        new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(_connection)
        {
            SearchPath = name,
            Options = $"{new NpgsqlConnectionStringBuilder(_connection).Options} {RowSecurity.StartOption}".Trim(),
            MaxPoolSize = options.MaxConnections,
            ApplicationName = $"enterprisehub/{name}",
            // The same few statements run for ever: prepared once, they skip parse and plan.
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            // A use leaves nothing behind in its session: what it sets, it sets for one transaction. The reset would cost six statements a use.
            NoResetOnClose = true,
            Timeout = 5,
            CommandTimeout = 30,
        }.ConnectionString).Build())).Value;

    private static string Checked(string? connection)
    {
        const string Allowed = "a PostgreSQL connection string, e.g. Host=db;Database=hub;Username=hub;Password=…";
        try
        {
            return string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(connection).Host)
                ? throw new SettingException("Store:ConnectionString", null, Allowed)
                : connection!;
        }
        catch (ArgumentException)
        {
            // Without its value: it may hold a password.
            throw new SettingException("Store:ConnectionString", "(unreadable)", Allowed);
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed class NoGate : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
