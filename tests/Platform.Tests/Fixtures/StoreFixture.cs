using EnterpriseHub.Platform.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EnterpriseHub.Platform.Tests.Fixtures;

/// <summary>The stores that the compliance suite runs on: SQLite always, PostgreSQL when <c>HUB_TEST_POSTGRES</c> holds a connection string.</summary>
internal static class Stores
{
    public const string Sqlite = "Sqlite";
    public const string Postgres = "Postgres";

    public static TheoryData<string> All => [Sqlite, Postgres];

    public static string? PostgresAddress => Environment.GetEnvironmentVariable("HUB_TEST_POSTGRES");

    public static async Task<TestStore> OpenAsync(string name)
    {
        if (name == Sqlite)
        {
            return new TestStore(name, null);
        }
        Assert.SkipWhen(string.IsNullOrEmpty(PostgresAddress), "HUB_TEST_POSTGRES is not set");
        var database = $"t{Guid.CreateVersion7():N}";
        await using var admin = NpgsqlDataSource.Create(PostgresAddress!);
        await using var create = admin.CreateCommand($"CREATE DATABASE {database}");
        await create.ExecuteNonQueryAsync();
        return new TestStore(name, new NpgsqlConnectionStringBuilder(PostgresAddress) { Database = database, Pooling = true }.ConnectionString);
    }
}

/// <summary>One empty store; each backend made of it is like a process of its own.</summary>
internal sealed class TestStore(string name, string? connection) : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<StoreBackend> _backends = [];

    public string[] Settings => connection is null
        ? ["--Store:Provider", "Sqlite", "--Store:Directory", _folder.Path]
        : ["--Store:Provider", "Postgres", "--Store:ConnectionString", connection];

    public bool IsSqlite => name == Stores.Sqlite;

    public string Folder => _folder.Path;

    public string? Connection => connection;

    public StoreBackend Backend(TimeProvider? time = null) => Backend(connection, time: time);

    public StoreBackend Backend(string? address, LogOf? log = null, bool requireRowSecurity = false, TimeProvider? time = null)
    {
        var options = new StoreOptions { Directory = _folder.Path, ConnectionString = address, RequireRowSecurity = requireRowSecurity };
        StoreBackend backend = IsSqlite
            ? new SqliteBackend(options, time ?? TimeProvider.System)
            : new PostgresBackend(options, TimeProvider.System, log ?? (ILogger<PostgresBackend>)NullLogger<PostgresBackend>.Instance);
        _backends.Add(backend);
        return backend;
    }

    /// <summary>The same database as the superuser of the servers that the tests start; null where that is another one.</summary>
    public async Task<string?> AsSuperuserAsync()
    {
        var address = new NpgsqlConnectionStringBuilder(connection) { Username = "postgres", Pooling = false }.ConnectionString;
        try
        {
            await using var attempt = new NpgsqlConnection(address);
            await attempt.OpenAsync();
            return address;
        }
        catch (PostgresException)
        {
            return null;
        }
    }

    public async Task<ThingDatabase> DatabaseAsync(TimeProvider? time = null)
    {
        var database = new ThingDatabase(Backend(time));
        await database.MigrateAsync(TestContext.Current.CancellationToken);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var backend in _backends)
        {
            await (backend is IAsyncDisposable later ? later.DisposeAsync() : Now((IDisposable)backend));
        }
        if (connection is not null)
        {
            await using var admin = NpgsqlDataSource.Create(Stores.PostgresAddress!);
            await using var drop = admin.CreateCommand($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)");
            await drop.ExecuteNonQueryAsync();
        }
        _folder.Dispose();
    }

    private static ValueTask Now(IDisposable backend)
    {
        backend.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Remembers what a backend warned of.</summary>
internal sealed class LogOf : ILogger<PostgresBackend>
{
    public List<string> Warnings { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Warning)
        {
            Warnings.Add(formatter(state, exception));
        }
    }
}
