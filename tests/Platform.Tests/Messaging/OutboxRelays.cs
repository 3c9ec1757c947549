using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.Platform.Tests.Fixtures;

namespace EnterpriseHub.Platform.Tests.Messaging;

/// <summary>The relay of the production composition over each store, and over RabbitMQ when <c>HUB_TEST_RABBITMQ</c> holds an address.</summary>
public sealed class OutboxRelays
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_is_committed_arrives_and_is_kept_no_longer_than_the_transport_needs(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var probe = new Probe();
        await using var hub = await Hub.StartAsync(probe.Module(), store.Settings);
        for (var i = 0; i < 50; i++)
        {
            await PublishAsync(hub.Get<ThingDatabase>(), $"t{i}");
        }

        await Eventually.HoldsAsync(() => Task.FromResult(probe.Arrived.Distinct(StringComparer.Ordinal).Count() == 50), "50 arrived");
        await Eventually.HoldsAsync(async () => await CountAsync(hub.Get<ThingDatabase>(), "outbox WHERE published_at = 0") == 0, "all settled");
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_a_dead_process_left_is_published_by_the_next(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        // This process commits and never publishes.
        await PublishAsync(await store.DatabaseAsync(), "left over");

        var probe = new Probe();
        await using var hub = await Hub.StartAsync(probe.Module(), store.Settings);

        await Eventually.HoldsAsync(() => Task.FromResult(probe.Arrived.Contains("left over")), "the row of the dead process arrived");
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_message_that_comes_twice_has_its_effect_once(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var probe = new Probe();
        await using var hub = await Hub.StartAsync(probe.Module(), store.Settings);
        var database = hub.Get<ThingDatabase>();
        await PublishAsync(database, "twice");
        await Eventually.HoldsAsync(async () => await CountAsync(database, "outbox WHERE published_at > 0") == 1, "published once");
        await database.WriteAsync(Outbox.RingAgainAsync, Stop);

        await Eventually.HoldsAsync(() => Task.FromResult(probe.Arrived.Count == 2), "arrived twice");
        await Eventually.HoldsAsync(async () => await CountAsync(database, "inbox") == 1, "taken");
        Assert.Equal(1, await database.ReadAsync(sql => sql.FirstOrDefaultAsync<long>("SELECT flag FROM thing WHERE thing_id = 'twice'"), Stop));
    }

    [Theory]
    [InlineData("Gone.Message, Gone", "{}")]
    [InlineData("EnterpriseHub.Platform.Tests.Fixtures.ThingHappened, EnterpriseHub.Platform.Tests", "[broken")]
    public async Task A_row_that_cannot_be_read_is_parked_and_holds_up_nobody(string type, string body)
    {
        await using var store = await Stores.OpenAsync(Stores.Sqlite);
        var old = await store.DatabaseAsync();
        await old.WriteAsync(
            unit => unit.ExecuteAsync(
                "INSERT INTO outbox (message_id, message_type, body, created_at) VALUES ('00000000-0000-0000-0000-000000000001', @type, @body, now_ms())", new { type, body }),
            Stop);
        await PublishAsync(old, "good");

        var probe = new Probe();
        await using var hub = await Hub.StartAsync(probe.Module(), store.Settings);
        await Eventually.HoldsAsync(() => Task.FromResult(probe.Arrived.Contains("good")), "the good row arrived");
        await Eventually.HoldsAsync(async () => await CountAsync(old, "outbox WHERE attempts = 1 AND claimed_until > now_ms() + 500000") == 1, "the other is parked");
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_the_broker_did_not_take_keeps_its_place_in_the_line_until_it_is_the_message_that_fails(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        var database = await store.DatabaseAsync();
        for (var i = 0; i < 3; i++)
        {
            await PublishAsync(database, $"t{i}");
        }
        await database.WriteAsync(unit => unit.ExecuteAsync("UPDATE outbox SET claimed_until = 0"), Stop);
        for (var failures = 0; failures < 5; failures++)
        {
            var line = await database.WriteAsync(unit => Outbox.ClaimAsync(unit, 10), Stop);
            Assert.Equal(["t0", "t1", "t2"], line.Select(row => row.Body.Split('"')[3]));
            await database.WriteAsync(unit => Outbox.StepBackAsync(unit, line[0].MessageId, "Gone"), Stop);
            await database.WriteAsync(unit => Outbox.ReleaseAsync(unit, [line[1].MessageId, line[2].MessageId]), Stop);
        }
        var last = (await database.WriteAsync(unit => Outbox.ClaimAsync(unit, 1), Stop))[0];
        await database.WriteAsync(unit => Outbox.StepBackAsync(unit, last.MessageId, "Gone"), Stop);

        Assert.Equal(2, (await database.WriteAsync(unit => Outbox.ClaimAsync(unit, 10), Stop)).Count);
    }

    [Fact]
    public async Task Without_a_broker_the_start_works_and_rows_are_kept()
    {
        await using var store = await Stores.OpenAsync(Stores.Sqlite);
        var probe = new Probe();
        await using (var hub = await Hub.StartAsync(probe.Module(), [.. store.Settings, "--Bus:Transport", "RabbitMq", "--Bus:RabbitMq", "amqp://guest:guest@127.0.0.1:1/"]))
        {
            await PublishAsync(hub.Get<ThingDatabase>(), "kept");
            Assert.Empty(probe.Arrived);
        }

        Assert.Equal(1, await CountAsync(await store.DatabaseAsync(), "outbox"));
    }

    [Fact]
    public async Task On_RabbitMQ_a_message_without_a_queue_stays_until_there_is_one()
    {
        var broker = Environment.GetEnvironmentVariable("HUB_TEST_RABBITMQ");
        Assert.SkipWhen(string.IsNullOrEmpty(broker), "HUB_TEST_RABBITMQ is not set");
        await using var store = await Stores.OpenAsync(Stores.Sqlite);
        string[] settings = [.. store.Settings, "--Bus:Transport", "RabbitMq", "--Bus:RabbitMq", broker!];
        await RabbitMqCleaner.RemoveAsync(broker!, "test-count-thing");
        await using (var lonely = await Hub.StartAsync(new Probe().Module(listens: false), settings))
        {
            await PublishAsync(lonely.Get<ThingDatabase>(), "early");
            await Eventually.HoldsAsync(async () => await CountAsync(lonely.Get<ThingDatabase>(), "outbox WHERE attempts > 0") == 1, "put off");
        }

        var probe = new Probe();
        await using (var hub = await Hub.StartAsync(probe.Module(), settings))
        {
            await Eventually.HoldsAsync(() => Task.FromResult(probe.Arrived.Contains("early")), "arrived once there was a queue");
            await PublishAsync(hub.Get<ThingDatabase>(), "late");
            await Eventually.HoldsAsync(() => Task.FromResult(probe.Arrived.Contains("late")), "the next one arrived");
            await Eventually.HoldsAsync(async () => await CountAsync(hub.Get<ThingDatabase>(), "outbox") == 0, "the outbox is empty");
        }
        await RabbitMqCleaner.RemoveAsync(broker!, "test-count-thing");
    }

    private static Task<bool> PublishAsync(ModuleDatabase database, string id) => database.TryWriteAsync(
        unit =>
        {
            unit.Publish(new ThingHappened(id));
            return Task.FromResult(true);
        },
        Stop);

    private static Task<long> CountAsync(ModuleDatabase database, string table) =>
        database.ReadAsync(sql => sql.FirstOrDefaultAsync<long>($"SELECT count(*) FROM {table}"), Stop);
}
