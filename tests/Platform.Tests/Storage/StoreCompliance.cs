using System.Text;
using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.Platform.Tests.Fixtures;
using EnterpriseHub.Platform.Tests.Other;
using Microsoft.Data.Sqlite;

namespace EnterpriseHub.Platform.Tests.Storage;

/// <summary>What every store must do alike.</summary>
public sealed class StoreCompliance
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Several_processes_may_migrate_at_once(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => store.DatabaseAsync())));

        var database = await store.DatabaseAsync();
        var done = await database.ReadAsync(sql => sql.QueryAsync<string>("SELECT name FROM schema_migration ORDER BY name"), Stop);

        Assert.Equal(
            [
                "EnterpriseHub.Platform.Storage.Migrations.0000_outbox_inbox.sql",
                "EnterpriseHub.Platform.Tests.Fixtures.Migrations.0001_thing.sql",
                "EnterpriseHub.Platform.Tests.Fixtures.Migrations.0002_more.sql",
            ],
            done);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Two_databases_of_one_assembly_do_not_mix_their_scripts(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var other = new OtherDatabase(store.Backend());
        await other.MigrateAsync(Stop);

        Assert.Empty(await other.ReadAsync(sql => sql.QueryAsync<string>("SELECT name FROM schema_migration"), Stop));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_transaction_that_fails_or_says_no_leaves_nothing(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var database = await store.DatabaseAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync<int>(
            async unit =>
            {
                await AddAsync(unit, "failed");
                unit.Publish(new ThingHappened("failed"));
                throw new InvalidOperationException();
            },
            Stop));
        Assert.False(await database.TryWriteAsync(
            async unit =>
            {
                await AddAsync(unit, "refused");
                unit.Publish(new ThingHappened("refused"));
                return false;
            },
            Stop));

        Assert.Equal(0, await CountAsync(database, "thing"));
        Assert.Equal(0, await CountAsync(database, "outbox"));
        Assert.False(database.Committed.TryRead(out _));
        Assert.Equal(0, database.Pool.InUse);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_message_is_committed_with_its_effect_and_belongs_to_the_process_at_first(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var database = await store.DatabaseAsync();
        await database.WriteAsync(
            unit =>
            {
                unit.Publish(new ThingHappened("a"));
                return AddAsync(unit, "a");
            },
            Stop);

        Assert.Equal(1, await CountAsync(database, "outbox"));
        Assert.True(database.Committed.TryRead(out var row));
        Assert.Contains("\"a\"", row.Body, StringComparison.Ordinal);
        Assert.Empty(await database.WriteAsync(unit => Outbox.ClaimAsync(unit, 10), Stop));
        await database.WriteAsync(unit => Outbox.ReleaseAsync(unit, [row.MessageId]), Stop);
        Assert.Equal(row.MessageId, Assert.Single(await database.WriteAsync(unit => Outbox.ClaimAsync(unit, 10), Stop)).MessageId);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_row_is_put_off_longer_with_each_attempt_and_never_longer_than_allowed(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var database = await store.DatabaseAsync();
        await database.WriteAsync(unit => { unit.Publish(new ThingHappened("a")); return Task.FromResult(0); }, Stop);
        database.Committed.TryRead(out var row);
        var waits = new List<long>();
        for (var attempt = 0; attempt < 8; attempt++)
        {
            await database.WriteAsync(unit => Outbox.PutOffAsync(unit, row!.MessageId, "Unroutable", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)), Stop);
            var wait = await database.ReadAsync(sql => sql.FirstOrDefaultAsync<long>("SELECT claimed_until - now_ms() FROM outbox"), Stop);
            waits.Add((long)Math.Round(wait / 1000.0));
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], waits);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task The_clock_is_the_stores_and_counts_milliseconds_of_UTC(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var database = await store.DatabaseAsync();
        var now = await database.ReadAsync(sql => sql.FirstOrDefaultAsync<long>("SELECT now_ms()"), Stop);

        Assert.InRange(DateTimeOffset.FromUnixTimeMilliseconds(now) - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Returning_on_conflict_and_bytes_work(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var database = await store.DatabaseAsync();
        var raw = Encoding.UTF8.GetBytes("{\"ü\":1}");
        var seq = await database.WriteAsync(
            unit => unit.FirstOrDefaultAsync<long>("INSERT INTO thing (thing_id, raw) VALUES ('a', @raw) RETURNING seq", new { raw }), Stop);
        var again = await database.WriteAsync(
            unit => unit.ExecuteAsync("INSERT INTO thing (thing_id) VALUES ('a') ON CONFLICT (thing_id) DO NOTHING"), Stop);
        var updated = await database.WriteAsync(
            unit => unit.FirstOrDefaultAsync<Thing>(
                "INSERT INTO thing (thing_id) VALUES ('a') ON CONFLICT (thing_id) DO UPDATE SET due_at = 7, flag = 1 RETURNING seq, thing_id, raw, due_at, flag"), Stop);

        Assert.True(seq > 0);
        Assert.Equal(0, again);
        Assert.Equal(new { Seq = seq, ThingId = "a", DueAt = 7L, Flag = 1L }, new { updated!.Seq, updated.ThingId, updated.DueAt, updated.Flag });
        Assert.Equal(raw, updated.Raw);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Lists_expand_also_when_they_are_empty(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var database = await store.DatabaseAsync();
        foreach (var id in (string[])["a", "b", "c"])
        {
            await database.WriteAsync(unit => AddAsync(unit, id), Stop);
        }
        Task<IReadOnlyList<string>> Find(string condition, IReadOnlyList<string> ids) => database.ReadAsync(
            sql => sql.QueryAsync<string>($"SELECT thing_id FROM thing WHERE thing_id {condition} @ids ORDER BY thing_id", new { ids }), Stop);

        Assert.Equal(["a", "c"], await Find("IN", ["a", "c", "x"]));
        Assert.Equal(["b"], await Find("NOT IN", ["a", "c", "x"]));
        Assert.Empty(await Find("IN", []));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_null_in_the_first_row_does_not_spoil_the_others(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var database = await store.DatabaseAsync();
        var things = await database.WriteAsync(
            unit => unit.QueryAsync<Thing>("INSERT INTO thing (thing_id, raw, taken_by) VALUES ('a', NULL, NULL), ('b', @raw, 'w') RETURNING thing_id, raw, taken_by, due_at",
                new { raw = new byte[] { 1 } }), Stop);

        Assert.Equal([null, "w"], things.OrderBy(thing => thing.ThingId, StringComparer.Ordinal).Select(thing => thing.TakenBy));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Two_instances_that_pick_at_once_never_pick_the_same_row(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        ThingDatabase[] instances = [await store.DatabaseAsync(), await store.DatabaseAsync()];
        await instances[0].WriteAsync(async unit =>
        {
            for (var i = 0; i < 200; i++)
            {
                await AddAsync(unit, $"t{i:000}");
            }
            return 0;
        }, Stop);

        var picked = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var mine = new List<string>();
            while (await PickAsync(instances[worker % 2], $"w{worker}") is { Count: > 0 } some)
            {
                mine.AddRange(some);
            }
            return mine;
        })));

        Assert.Equal(200, picked.Sum(mine => mine.Count));
        Assert.Equal(200, picked.SelectMany(mine => mine).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_locked_row_is_passed_over_on_PostgreSQL()
    {
        await using var store = await Stores.OpenAsync(Stores.Postgres);
        var database = await store.DatabaseAsync();
        await database.WriteAsync(unit => AddAsync(unit, "a"), Stop);
        await database.WriteAsync(unit => AddAsync(unit, "b"), Stop);
        const string Pick = "SELECT thing_id FROM thing ORDER BY seq LIMIT 1 {skip_locked}";

        var both = await database.WriteAsync(
            async outer => (await outer.FirstOrDefaultAsync<string>(Pick), await database.WriteAsync(inner => inner.FirstOrDefaultAsync<string>(Pick), Stop)), Stop);

        Assert.Equal(("a", "b"), both);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Reads_go_on_while_a_write_is_open_and_see_the_old_state(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var database = await store.DatabaseAsync();
        var seen = await database.WriteAsync(
            async unit =>
            {
                await AddAsync(unit, "a");
                var counts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => CountAsync(database, "thing"))));
                return counts.Max();
            },
            Stop);

        Assert.Equal(0, seen);
        Assert.Equal(1, await CountAsync(database, "thing"));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Five_thousand_small_writes_by_many_are_all_there(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var database = await store.DatabaseAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 5_000), new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (i, stop) => await database.WriteAsync(unit => AddAsync(unit, $"t{i}"), stop));

        Assert.Equal(5_000, await CountAsync(database, "thing"));
        Assert.Equal(0, database.Pool.Waiting);
    }

    [Fact]
    public async Task An_SQLite_connection_that_was_left_in_a_transaction_is_not_used_again()
    {
        await using var store = await Stores.OpenAsync(Stores.Sqlite);
        var backend = store.Backend();
        await new ThingDatabase(backend).MigrateAsync(Stop);
        var connection = (SqliteConnection)await backend.OpenAsync("things", Stop);
        connection.BeginTransaction();
        await connection.DisposeAsync();

        var next = await backend.OpenAsync("things", Stop);
        Assert.NotSame(connection, next);
        await next.DisposeAsync();
        Assert.Same(next, await backend.OpenAsync("things", Stop));
    }

    private static Task<int> AddAsync(UnitOfWork unit, string id) => unit.ExecuteAsync("INSERT INTO thing (thing_id) VALUES (@id)", new { id });

    private static Task<long> CountAsync(ModuleDatabase database, string table) =>
        database.ReadAsync(sql => sql.FirstOrDefaultAsync<long>($"SELECT count(*) FROM {table}"), Stop);

    private static Task<IReadOnlyList<string>> PickAsync(ThingDatabase database, string worker) => database.WriteAsync(
        unit => unit.QueryAsync<string>(
            "UPDATE thing SET taken_by = @worker WHERE seq IN (SELECT seq FROM thing WHERE taken_by IS NULL ORDER BY seq LIMIT 7 {skip_locked}) RETURNING thing_id",
            new { worker }),
        Stop);

    private sealed record Thing
    {
        public long Seq { get; init; }

        public string ThingId { get; init; } = "";

        public string? TakenBy { get; init; }

        public byte[]? Raw { get; init; }

        public long DueAt { get; init; }

        public long Flag { get; init; }
    }
}
