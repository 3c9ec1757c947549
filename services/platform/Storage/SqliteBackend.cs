using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace EnterpriseHub.Platform.Storage;

/// <summary>SQLite: one file a module. One writer at a time waits in line here, so that SQLite's own busy polling never starts.</summary>
internal sealed class SqliteBackend(StoreOptions options, TimeProvider time) : StoreBackend, IDisposable
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    static SqliteBackend() => SQLitePCL.Batteries_V2.Init();

    public override SqlDialect Dialect => SqlDialect.Sqlite;

    public override async Task<DbConnection> OpenAsync(string schema, CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.Directory);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(options.Directory, $"{schema}.db"),
            Pooling = true,
            DefaultTimeout = 10,
        }.ConnectionString);
        await connection.OpenAsync(cancellation);
        connection.CreateFunction("now_ms", () => time.GetUtcNow().ToUnixTimeMilliseconds());
        // FULL: an acknowledged webhook survives a power cut, not only a killed process.
        await RunAsync(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000;", cancellation);
        return connection;
    }

    public override async Task<IDisposable> EnterWriteAsync(string schema, CancellationToken cancellation)
    {
        var gate = _gates.GetOrAdd(schema, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellation);
        return new Gate(gate);
    }

    public override async Task MigrateAsync(string schema, Func<DbConnection, Task> migrate, CancellationToken cancellation)
    {
        using var gate = await EnterWriteAsync(schema, cancellation);
        await using var connection = await OpenAsync(schema, cancellation);
        await migrate(connection);
    }

    public override bool IsTransient(DbException failure) => failure is SqliteException { SqliteErrorCode: 5 or 6 };

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
    }

    private static async Task RunAsync(SqliteConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed class Gate(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
