using System.Reflection;
using MassTransit;
using Npgsql;
using Xunit.Sdk;
using Xunit.v3;

namespace EnterpriseHub.WebhookGateway.Tests.GhlApi;

/// <summary>Runs a test on SQLite, and on PostgreSQL where <c>HUB_TEST_POSTGRES</c> holds a connection string.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BothStoresAttribute : DataAttribute
{
    public override bool SupportsDiscoveryEnumeration() => true;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) => new(
    [
        new TheoryDataRow("Sqlite"),
        new TheoryDataRow("Postgres") { Skip = TestStore.Server is null ? "HUB_TEST_POSTGRES is not set." : null },
    ]);
}

/// <summary>A store of a test's own.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly string? _folder;
    private readonly string? _database;

    private TestStore(string? folder, string? database, bool shared) => (_folder, _database, IsShared) = (folder, database, shared);

    public static string? Server { get; } = Environment.GetEnvironmentVariable("HUB_TEST_POSTGRES") is { Length: > 0 } server ? server : null;

    public bool IsShared { get; }

    public IReadOnlyList<string> Settings => _folder is not null
        ? ["--Store:Provider=Sqlite", "--Store:Directory=" + _folder]
        : ["--Store:Provider=Postgres", "--Store:MaxConnections=10", "--Store:ConnectionString=" + new NpgsqlConnectionStringBuilder(Server) { Database = _database }.ConnectionString];

    public TestStore Shared() => new(_folder, _database, shared: true);

    public static async Task<TestStore> CreateAsync(string provider)
    {
        if (provider == "Sqlite")
        {
            return new(Directory.CreateTempSubdirectory("hub-delivery-").FullName, null, shared: false);
        }
        var name = "hub_test_" + NewId.NextGuid().ToString("N");
        await RunAsync($"CREATE DATABASE {name}");
        return new(null, name, shared: false);
    }

    public async ValueTask DisposeAsync()
    {
        if (IsShared)
        {
            return;
        }
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
        else
        {
            await RunAsync($"DROP DATABASE {_database} WITH (FORCE)");
        }
    }

    private static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
