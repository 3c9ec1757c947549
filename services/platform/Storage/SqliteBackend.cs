using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace EnterpriseHub.Platform.Storage;

/// <summary>SQLite: one file a module. One writer at a time waits in line here, so that SQLite's own busy polling never starts.</summary>
internal sealed class SqliteBackend(StoreOptions options, TimeProvider time) : StoreBackend, IDisposable
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SqliteShelf> _shelves = new(StringComparer.Ordinal);

    static SqliteBackend() => SQLitePCL.Batteries_V2.Init();

    public override SqlDialect Dialect => SqlDialect.Sqlite;

    public override async Task<DbConnection> OpenAsync(string schema, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var shelf = _shelves.GetOrAdd(schema, _ => new SqliteShelf());
        return shelf.Take() ?? await OpenNewAsync(schema, shelf, cancellation);
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
        MakeDirectory();
        await using var connection = (SqliteConnection)await OpenAsync(schema, cancellation);
        // Kept in the file: once is enough.
        await RunAsync(connection, "PRAGMA journal_mode=WAL", cancellation);
        await migrate(connection);
    }

    public override bool IsTransient(DbException failure) => failure is SqliteException { SqliteErrorCode: 5 or 6 };

    public void Dispose()
    {
        foreach (var shelf in _shelves.Values)
        {
            shelf.Close();
        }
    }

    private async Task<DbConnection> OpenNewAsync(string schema, SqliteShelf shelf, CancellationToken cancellation)
    {
        var connection = new PooledSqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(options.Directory, $"{schema}.db"),
                Pooling = false,
                DefaultTimeout = 10,
            }.ConnectionString,
            shelf);
        try
        {
            await connection.OpenAsync(cancellation);
            connection.CreateFunction("now_ms", () => time.GetUtcNow().ToUnixTimeMilliseconds());
            // FULL: an acknowledged webhook survives a power cut, not only a killed process.
            await RunAsync(connection, "PRAGMA busy_timeout=5000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;", cancellation);
            return connection;
        }
        catch
        {
            // Closed first, so that it does not go back to the shelf half made.
            await connection.CloseAsync();
            throw;
        }
    }

    private void MakeDirectory()
    {
        if (Directory.Exists(options.Directory))
        {
            return;
        }
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(options.Directory);
        }
        else
        {
            // Conversations lie in there: nobody else on the machine reads them.
            Directory.CreateDirectory(options.Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static async Task RunAsync(SqliteConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed class Gate(SemaphoreSlim gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                gate.Release();
            }
        }
    }
}
