using MassTransit;
using Npgsql;

namespace EnterpriseHub.AiOrchestrator.Tests.Support;

/// <summary>
/// A store of a test's own: SQLite in a folder, or a database on the PostgreSQL server that
/// <c>ORCHESTRATOR_TEST_POSTGRES</c> names, so that the whole suite can run on either.
/// </summary>
internal sealed class TestStore : IAsyncDisposable
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_POSTGRES");

    private string? _folder;
    private string? _database;

    public async Task<string[]> SettingsAsync()
    {
        if (string.IsNullOrEmpty(Server))
        {
            _folder ??= Directory.CreateTempSubdirectory("hub-orch-").FullName;
            return ["--Store:Provider=Sqlite", $"--Store:Directory={_folder}"];
        }
        if (_database is null)
        {
            _database = $"t_{NewId.NextGuid():N}";
            await RunAsync($"CREATE DATABASE {_database}");
        }
        return ["--Store:Provider=Postgres", $"--Store:ConnectionString={Server};Database={_database}"];
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
        if (_database is not null)
        {
            await RunAsync($"DROP DATABASE {_database} WITH (FORCE)");
        }
    }

    private static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{Server};Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
