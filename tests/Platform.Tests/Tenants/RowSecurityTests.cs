using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.Platform.Tests.Fixtures;
using Npgsql;

namespace EnterpriseHub.Platform.Tests.Tenants;

/// <summary>PostgreSQL keeps locations apart where the program forgets to.</summary>
public sealed class RowSecurityTests
{
    private static readonly (string? Location, int Rows)[] Callers = [("a", 1), ("b", 2), (null, 3)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_location_reads_only_its_own_rows_where_a_statement_forgets_to_ask_whose()
    {
        await using var store = await Stores.OpenAsync(Stores.Postgres);
        var database = await FilledAsync(store);
        Assert.Equal(["a", "b", "b"], await database.AllAsync(Stop));
        using (LocationScope.Enter("a"))
        {
            Assert.Equal(["a"], await database.AllAsync(Stop));
            using (LocationScope.Enter(null))
            {
                Assert.Equal(3, (await database.AllAsync(Stop)).Count);
            }
            Assert.Equal(["a"], await database.AllAsync(Stop));
        }
        Assert.Equal(3, (await database.AllAsync(Stop)).Count);
    }

    [Fact]
    public async Task A_location_changes_only_its_own_rows_and_adds_none_of_others()
    {
        await using var store = await Stores.OpenAsync(Stores.Postgres);
        var database = await FilledAsync(store);
        using (LocationScope.Enter("a"))
        {
            Assert.Equal(1, await database.WriteAsync(unit => unit.ExecuteAsync("UPDATE parcel SET content = 'y'"), Stop));
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => database.AddAsync("b", Stop))).SqlState);
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(
                () => database.WriteAsync(unit => unit.ExecuteAsync("UPDATE parcel SET location_id = 'b'"), Stop))).SqlState);
            Assert.Equal(1, await database.WriteAsync(unit => unit.ExecuteAsync("DELETE FROM parcel"), Stop));
        }
        Assert.Equal(["b", "b"], await database.AllAsync(Stop));
    }

    [Fact]
    public async Task What_is_committed_for_a_location_goes_out_as_any_other()
    {
        await using var store = await Stores.OpenAsync(Stores.Postgres);
        var database = await FilledAsync(store);
        using (LocationScope.Enter("a"))
        {
            await database.WriteAsync(unit => { unit.Publish(new ThingHappened("t")); return Task.FromResult(0); }, Stop);
        }
        Assert.True(database.Committed.TryRead(out _));
        Assert.Equal(1, await database.ReadAsync(sql => sql.FirstOrDefaultAsync<long>("SELECT count(*) FROM outbox"), Stop));
    }

    /// <summary>Without the pool's own reset, so that nothing else can put right what was left behind.</summary>
    [Fact]
    public async Task A_connection_forgets_whose_it_was_however_its_use_ended()
    {
        await using var store = await Stores.OpenAsync(Stores.Postgres);
        var database = await FilledAsync(store, ";No Reset On Close=true");
        var connections = new HashSet<int>();
        for (var round = 0; round < 3; round++)
        {
            using (LocationScope.Enter("a"))
            {
                connections.Add(await database.ReadAsync(sql => sql.FirstOrDefaultAsync<int>("SELECT pg_backend_pid()"), Stop));
                await Assert.ThrowsAsync<PostgresException>(() => database.ReadAsync(sql => sql.FirstOrDefaultAsync<int>("SELECT 1 / 0"), Stop));
                await Assert.ThrowsAsync<InvalidOperationException>(() => database.ReadAsync<int>(_ => throw new InvalidOperationException(), Stop));
                using var soon = new CancellationTokenSource();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.ReadAsync(
                    async sql =>
                    {
                        var sleep = sql.FirstOrDefaultAsync<string>("SELECT pg_sleep(60)::text");
                        await soon.CancelAsync();
                        return await sleep;
                    },
                    soon.Token));
                await database.WriteAsync(unit => unit.ExecuteAsync("UPDATE parcel SET content = 'y'"), Stop);
                Assert.False(await database.TryWriteAsync(_ => Task.FromResult(false), Stop));
                await Assert.ThrowsAsync<PostgresException>(() => database.AddAsync("b", Stop));
            }
            Assert.Equal(3, (await database.AllAsync(Stop)).Count);
            connections.Add(await database.ReadAsync(sql => sql.FirstOrDefaultAsync<int>("SELECT pg_backend_pid()"), Stop));
            Assert.Equal("*", await database.ReadAsync(sql => sql.FirstOrDefaultAsync<string>("SELECT current_setting('hub.location')"), Stop));
        }
        // One connection served all of it, so it is the one that could have remembered.
        Assert.Single(connections);
    }

    [Fact]
    public async Task Many_callers_at_once_share_a_pool_and_nobody_sees_anothers_rows()
    {
        await using var store = await Stores.OpenAsync(Stores.Postgres);
        var database = await FilledAsync(store);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(
            async () =>
            {
                var (location, rows) = Callers[number % Callers.Length];
                using var scope = LocationScope.Enter(location);
                Assert.Equal(rows, (await database.AllAsync(Stop)).Count);
            },
            Stop)));
    }

    [Fact]
    public async Task A_start_locks_what_is_open_and_leaves_the_rest_alone()
    {
        await using var store = await Stores.OpenAsync(Stores.Postgres);
        var database = await FilledAsync(store);
        var before = await StateAsync(database);
        await new TenantDatabase(store.Backend()).MigrateAsync(Stop);
        Assert.Equal(before, await StateAsync(database));

        foreach (var damage in (string[])
            ["ALTER TABLE parcel NO FORCE ROW LEVEL SECURITY", "ALTER TABLE parcel DISABLE ROW LEVEL SECURITY", "DROP POLICY hub_location_1 ON parcel"])
        {
            await database.WriteAsync(unit => unit.ExecuteAsync(damage), Stop);
            await new TenantDatabase(store.Backend()).MigrateAsync(Stop);
            using var scope = LocationScope.Enter("a");
            Assert.Equal(["a"], await database.AllAsync(Stop));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    public void What_names_no_location_does_not_narrow_to_one(string locationId) =>
        Assert.Throws<ArgumentException>(() => LocationScope.Enter(locationId));

    [Fact]
    public async Task A_role_that_passes_by_is_warned_of_or_refused()
    {
        await using var store = await Stores.OpenAsync(Stores.Postgres);
        var plain = new LogOf();
        await new TenantDatabase(store.Backend(store.Connection, plain)).MigrateAsync(Stop);
        Assert.Empty(plain.Warnings);

        var superuser = await store.AsSuperuserAsync();
        Assert.SkipWhen(superuser is null, "no superuser of this server is known here");
        var log = new LogOf();
        var backend = store.Backend(superuser, log);
        await new TenantDatabase(backend).MigrateAsync(Stop);
        await new TenantDatabase(backend).MigrateAsync(Stop);
        Assert.Contains("Store:RequireRowSecurity", Assert.Single(log.Warnings), StringComparison.Ordinal);

        var refused = await Assert.ThrowsAsync<SettingException>(
            () => new TenantDatabase(store.Backend(superuser, requireRowSecurity: true)).MigrateAsync(Stop));
        Assert.Contains("Store:ConnectionString", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<TenantDatabase> FilledAsync(TestStore store, string further = "")
    {
        var database = new TenantDatabase(store.Backend(store.Connection + further));
        await database.MigrateAsync(Stop);
        foreach (var location in (string[])["a", "b", "b"])
        {
            await database.AddAsync(location, Stop);
        }
        return database;
    }

    /// <summary>Changes with every ALTER of the table and with every other policy.</summary>
    private static Task<string?> StateAsync(TenantDatabase database) => database.ReadAsync(
        sql => sql.FirstOrDefaultAsync<string>(
            "SELECT c.xmin::text || '/' || p.xmin::text FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid WHERE c.oid = 'parcel'::regclass"),
        Stop);
}
