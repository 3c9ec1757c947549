using System.Data.Common;
using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.Platform.Tests.Fixtures;

namespace EnterpriseHub.Platform.Tests.Storage;

/// <summary>Statements whose answer nobody waits for, on every store.</summary>
public sealed class AddedStatementTests
{
    private const string Insert = "INSERT INTO kind (id, number, ratio, bytes, words) VALUES (@Id, @Number, @Ratio, @Bytes, @Words)";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task They_are_done_in_order_before_what_is_waited_for(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var database = await KindsAsync(store);
        var (count, changed, numbers) = await database.WriteAsync(
            async unit =>
            {
                unit.Add(Insert, new Kind("a", 1));
                unit.Add("UPDATE kind SET number = number * 10 WHERE id = @id", new { id = "a" });
                var count = await unit.FirstOrDefaultAsync<long>("SELECT COUNT(*) FROM kind");
                unit.Add(Insert, new Kind("b", 2));
                unit.Add(Insert, new Kind("c", 3));
                var changed = await unit.ExecuteAsync("UPDATE kind SET number = number + 1 WHERE id <> @id", new { id = "a" });
                unit.Add("DELETE FROM kind WHERE id = @id", new { id = "c" });
                return (count, changed, await unit.QueryAsync<long?>("SELECT number FROM kind ORDER BY id"));
            },
            Stop);

        Assert.Equal((1, 2), (count, changed));
        Assert.Equal([10, 3], numbers);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task They_are_done_before_the_commit_and_undone_without_one(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var database = await KindsAsync(store);
        await database.TryWriteAsync(Added("kept", true), Stop);
        await database.TryWriteAsync(Added("refused", false), Stop);

        Assert.Equal(["kept"], await IdsAsync(database));

        static Func<UnitOfWork, Task<bool>> Added(string id, bool commit) => unit =>
        {
            unit.Add(Insert, new Kind(id, 1));
            return Task.FromResult(commit);
        };
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_one_of_them_throws_undoes_all_of_the_transaction(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var database = await KindsAsync(store);
        await Assert.ThrowsAnyAsync<DbException>(() => database.TryWriteAsync(
            unit =>
            {
                unit.Publish(new ThingHappened("never"));
                unit.Add(Insert, new Kind("twice", 1));
                unit.Add(Insert, new Kind("twice", 2));
                return Task.FromResult(true);
            },
            Stop));

        Assert.Empty(await IdsAsync(database));
        Assert.False(database.Committed.TryRead(out _));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Every_kind_of_value_comes_back_as_it_went(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var database = await KindsAsync(store);
        Kind[] kinds = [new("null", null), new("some", long.MaxValue) { Ratio = 0.1, Bytes = [0, 255], Words = "O'Hara \u00e9 @id" }];
        await database.TryWriteAsync(
            unit =>
            {
                // Each twice, so that the driver prepares and meets null and a value in one statement.
                foreach (var kind in kinds.Concat(kinds.Select(kind => kind with { Id = $"{kind.Id} again" })))
                {
                    unit.Add(Insert, kind);
                }
                return Task.FromResult(true);
            },
            Stop);
        var back = await database.ReadAsync(sql => sql.QueryAsync<Kind>("SELECT id, number, ratio, bytes, words FROM kind ORDER BY id"), Stop);

        Assert.Equal(["null", "null again", "some", "some again"], back.Select(kind => kind.Id));
        Assert.Equivalent(kinds[0] with { Id = "null again" }, back[1]);
        Assert.Equivalent(kinds[1], back[2]);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Several_messages_are_taken_at_once_and_each_only_once(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var database = await store.DatabaseAsync();
        Task<IReadOnlySet<string>> TakeAsync(params string[] ids) => database.WriteAsync(unit => Inbox.TakeAsync(unit, ids, "count"), Stop);

        Assert.Equal(["a", "b"], (await TakeAsync("b", "a")).Order());
        Assert.Equal(["c"], await TakeAsync("a", "c", "b"));
        Assert.Empty(await TakeAsync("c"));
        Assert.True(await database.WriteAsync(unit => Inbox.TakeAsync(unit, "c", "another effect"), Stop));
    }

    private static Task<IReadOnlyList<string>> IdsAsync(ThingDatabase database) => database.ReadAsync(sql => sql.QueryAsync<string>("SELECT id FROM kind"), Stop);

    private static async Task<ThingDatabase> KindsAsync(TestStore store)
    {
        var database = await store.DatabaseAsync();
        await database.WriteAsync(unit => unit.ExecuteAsync("CREATE TABLE kind (id TEXT PRIMARY KEY, number BIGINT, ratio DOUBLE PRECISION, bytes BYTEA, words TEXT)"), Stop);
        return database;
    }

    private sealed record Kind(string Id, long? Number)
    {
        private Kind()
            : this("", null)
        {
        }

        public double? Ratio { get; init; }

        public byte[]? Bytes { get; init; }

        public string? Words { get; init; }
    }
}
