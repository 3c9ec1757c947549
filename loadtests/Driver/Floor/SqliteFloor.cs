using Microsoft.Data.Sqlite;

namespace EnterpriseHub.LoadTests.Floor;

/// <summary>Inserts one row of a webhook's size and commits, with the product's settings: the floor of a durable acknowledgement over SQLite.</summary>
internal sealed class SqliteFloor : IStageFloor
{
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly SqliteConnection _connection;
    private readonly string _folder;

    private SqliteFloor(SqliteConnection connection, string folder) => (_connection, _folder) = (connection, folder);

    public string Name => "SQLite commit of one row";

    public static async Task<SqliteFloor> OpenAsync(string data, CancellationToken cancellation)
    {
        SQLitePCL.Batteries_V2.Init();
        var folder = Directory.CreateDirectory(Path.Combine(data, "load-floor")).FullName;
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "floor.db")};Pooling=false");
        await connection.OpenAsync(cancellation);
        await using var create = connection.CreateCommand();
        create.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (id INTEGER PRIMARY KEY, body BLOB NOT NULL)";
        await create.ExecuteNonQueryAsync(cancellation);
        return new SqliteFloor(connection, folder);
    }

    public async Task RunAsync()
    {
        // One writer at a time is how SQLite works.
        await _writer.WaitAsync();
        try
        {
            await using var insert = _connection.CreateCommand();
            insert.CommandText = "INSERT INTO row (body) VALUES (zeroblob(1000))";
            // The driver's asynchronous calls block: a thread of the pool must not keep the pace waiting.
            await Task.Run(insert.ExecuteNonQuery);
        }
        finally
        {
            _writer.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _writer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
