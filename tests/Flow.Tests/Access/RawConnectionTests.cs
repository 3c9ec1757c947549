using EnterpriseHub.Platform.Storage;
using EnterpriseHub.TestKit.Access;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EnterpriseHub.Flow.Tests.Access;

/// <summary>The database's own lock, asked by a connection that the product knows nothing of; for every table that there is.</summary>
public sealed class RawConnectionTests : IClassFixture<PostgresNeighbours>
{
    private const string Denied = "42501";

    /// <summary>What has no location, and why.</summary>
    private static readonly Dictionary<string, string> Unbound = new(StringComparer.Ordinal)
    {
        ["outbox"] = "messages under way, of all locations; read by the relay alone, and gone once the broker has them",
        ["inbox"] = "ids of messages that were taken",
        ["schema_migration"] = "names of scripts",
        ["session"] = "hashes; whose it is says its key, and it is looked up before that is known",
        ["oauth_state"] = "hashes; a consent has no location before it is given",
    };

    private readonly PostgresNeighbours _neighbours;

    public RawConnectionTests(PostgresNeighbours neighbours)
    {
        neighbours.Backends.Require();
        _neighbours = neighbours;
    }

    private Place Ours => _neighbours.Ours;

    private Place Theirs => _neighbours.Theirs;

    [Fact]
    public async Task Every_table_is_locked_or_named_with_a_reason()
    {
        await using var connection = await OpenAsync(null);
        var tables = await ListAsync(
            connection,
            """
            SELECT n.nspname || '.' || c.relname || ' ' || (c.relrowsecurity AND c.relforcerowsecurity)::text || ' '
              || EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'location_id' AND NOT a.attisdropped)::text || ' '
              || (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
            """);
        Assert.InRange(tables.Count, 30, 200);
        foreach (var table in tables)
        {
            var name = table.Split(' ')[0].Split('.')[1];
            Assert.True(table.EndsWith(" true true 1", StringComparison.Ordinal) || (table.EndsWith(" false false 0", StringComparison.Ordinal) && Unbound.ContainsKey(name)), table);
        }
    }

    [Fact]
    public async Task The_products_role_owns_its_tables_and_is_no_superuser()
    {
        await using var connection = await OpenAsync(null);
        Assert.Equal(["false false"], await ListAsync(connection, "SELECT rolsuper || ' ' || rolbypassrls FROM pg_roles WHERE rolname = current_user"));
    }

    [Fact]
    public async Task Without_a_location_there_are_no_rows_with_one_its_own_and_with_a_star_all()
    {
        await using var nobody = await OpenAsync(null);
        await using var empty = await OpenAsync("");
        await using var ours = await OpenAsync(Ours.Location);
        await using var all = await OpenAsync("*");
        var (seen, filled) = (new HashSet<string>(), 0);
        foreach (var table in await LockedAsync())
        {
            var whose = $"SELECT DISTINCT location_id FROM {table} WHERE location_id IS NOT NULL";
            Assert.Empty(await ListAsync(nobody, whose));
            Assert.Empty(await ListAsync(empty, whose));
            Assert.All(await ListAsync(ours, whose), location => Assert.Equal(Ours.Location, location));
            var both = await ListAsync(all, whose);
            seen.UnionWith(both);
            filled += both.Contains(Ours.Location) && both.Contains(Theirs.Location) ? 1 : 0;
        }
        Assert.Superset(new HashSet<string> { Ours.Location, Theirs.Location }, seen);
        // So that empty tables do not pass for locked ones.
        Assert.InRange(filled, 15, int.MaxValue);
    }

    [Fact]
    public async Task Nobody_writes_another_locations_rows()
    {
        await using var ours = await OpenAsync(Ours.Location);
        await using var nobody = await OpenAsync(null);
        foreach (var table in await LockedAsync())
        {
            Assert.Equal(Denied, await FailureAsync(ours, $"INSERT INTO {table} (location_id) VALUES ('{Theirs.Location}')"));
            Assert.NotEqual(Denied, await FailureAsync(ours, $"INSERT INTO {table} (location_id) VALUES ('{Ours.Location}')"));
            Assert.Equal(Denied, await FailureAsync(nobody, $"INSERT INTO {table} (location_id) VALUES ('{Ours.Location}')"));
            if ((await ListAsync(ours, $"SELECT location_id FROM {table} LIMIT 1")).Count == 1)
            {
                Assert.Equal(Denied, await FailureAsync(ours, $"UPDATE {table} SET location_id = '{Theirs.Location}'"));
            }
            Assert.Null(await FailureAsync(nobody, $"DELETE FROM {table}", undone: false));
            Assert.Null(await FailureAsync(ours, $"DELETE FROM {table} WHERE location_id = '{Theirs.Location}'", undone: false));
        }
        await using var all = await OpenAsync("*");
        Assert.NotEmpty(await ListAsync(all, $"SELECT event_id FROM gateway.inbound_event WHERE location_id = '{Theirs.Location}'"));
    }

    [Fact]
    public async Task A_module_that_forgets_to_ask_whose_rows_gets_its_callers()
    {
        var databases = _neighbours.Hub.Hosts.SelectMany(host => host.Services.GetServices<ModuleDatabase>()).ToDictionary(database => database.Schema);
        var shown = 0;
        foreach (var table in await LockedAsync())
        {
            Task<IReadOnlyList<string>> AllAsync() => databases[table.Split('.')[0].Trim('"')].ReadAsync(
                session => session.QueryAsync<string>($"SELECT DISTINCT location_id FROM {table} WHERE location_id IS NOT NULL"), CancellationToken.None);
            using (LocationScope.Enter(Ours.Location))
            {
                Assert.All(await AllAsync(), location => Assert.Equal(Ours.Location, location));
            }
            shown += (await AllAsync()).Contains(Theirs.Location) ? 1 : 0;
        }
        Assert.InRange(shown, 15, int.MaxValue);
    }

    private async Task<IReadOnlyList<string>> LockedAsync()
    {
        await using var connection = await OpenAsync(null);
        return await ListAsync(
            connection,
            """
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'location_id'
            WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
            """);
    }

    private async Task<NpgsqlConnection> OpenAsync(string? location)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_neighbours.Backends.Postgres) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        if (location is not null)
        {
            await using var command = new NpgsqlCommand("SELECT set_config('hub.location', @location, false)", connection) { Parameters = { new("location", location) } };
            await command.ExecuteNonQueryAsync();
        }
        return connection;
    }

    private static async Task<IReadOnlyList<string>> ListAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }
        return rows;
    }

    /// <summary>The statement's SQL state, null when it went through.</summary>
    private static async Task<string?> FailureAsync(NpgsqlConnection connection, string sql, bool undone = true)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        try
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync();
            if (!undone)
            {
                await transaction.CommitAsync();
            }
            return null;
        }
        catch (PostgresException failure)
        {
            return failure.SqlState;
        }
    }
}
