using EnterpriseHub.Platform.Caching;
using EnterpriseHub.Platform.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnterpriseHub.Platform.Tests.Caching;

/// <summary>What the cache must do on every row of its table: Memory always, Redis when <c>HUB_TEST_REDIS</c> holds an address.</summary>
public sealed class CacheCompliance
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // Redis is shared by runs: each test has locations of its own.
    private readonly string _location = $"loc-{Guid.CreateVersion7():N}";

    public static TheoryData<string> All => ["Memory", "Redis"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_is_stored_is_read_until_it_expires(string provider)
    {
        var time = new HandClock();
        await using var caches = await Caches.OpenAsync(provider, time);
        await caches.One.SetAsync(Key("a"), new Doc("x"), TimeSpan.FromSeconds(30), [], Stop);
        Assert.Equal("x", (await caches.One.GetAsync<Doc>(Key("a"), Stop))?.Text);
        Assert.Null(await caches.One.GetAsync<Doc>(Key("b"), Stop));
        if (provider == "Memory")
        {
            time.Pass(TimeSpan.FromSeconds(31));
            Assert.Null(await caches.One.GetAsync<Doc>(Key("a"), Stop));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_tag_forgets_its_entries_of_its_location_only(string provider)
    {
        await using var caches = await Caches.OpenAsync(provider);
        var foreign = Key("a") with { LocationId = $"{_location}-2" };
        await caches.One.SetAsync(Key("a"), new Doc("x"), Hour, ["t1", "t2"], Stop);
        await caches.One.SetAsync(Key("b"), new Doc("x"), Hour, ["t2"], Stop);
        await caches.One.SetAsync(foreign, new Doc("x"), Hour, ["t1"], Stop);
        await caches.One.InvalidateAsync(_location, "t1", Stop);

        Assert.Null(await caches.One.GetAsync<Doc>(Key("a"), Stop));
        Assert.NotNull(await caches.One.GetAsync<Doc>(Key("b"), Stop));
        Assert.NotNull(await caches.One.GetAsync<Doc>(foreign, Stop));

        await caches.One.InvalidateAsync(_location, "*", Stop);
        Assert.Null(await caches.One.GetAsync<Doc>(Key("b"), Stop));
        Assert.NotNull(await caches.One.GetAsync<Doc>(foreign, Stop));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_slow_filler_does_not_put_back_what_was_invalidated_meanwhile(string provider)
    {
        await using var caches = await Caches.OpenAsync(provider);
        Assert.Null(await caches.One.GetAsync<Doc>(Key("a"), Stop));
        await caches.One.InvalidateAsync(_location, "t", Stop);
        await caches.One.SetAsync(Key("a"), new Doc("stale"), Hour, ["t"], Stop);
        Assert.Null(await caches.One.GetAsync<Doc>(Key("a"), Stop));

        // The miss just now was after the invalidation.
        await caches.One.SetAsync(Key("a"), new Doc("fresh"), Hour, ["t"], Stop);
        Assert.Equal("fresh", (await caches.One.GetAsync<Doc>(Key("a"), Stop))?.Text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Of_two_slow_fillers_neither_puts_it_back(string provider)
    {
        await using var caches = await Caches.OpenAsync(provider);
        await caches.One.GetAsync<Doc>(Key("a"), Stop);
        await caches.One.InvalidateAsync(_location, "t", Stop);
        await caches.One.GetAsync<Doc>(Key("a"), Stop);
        await caches.One.SetAsync(Key("a"), new Doc("second"), Hour, ["t"], Stop);
        await caches.One.SetAsync(Key("a"), new Doc("first, stale"), Hour, ["t"], Stop);

        Assert.NotEqual("first, stale", (await caches.One.GetAsync<Doc>(Key("a"), Stop))?.Text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_is_stored_after_an_invalidation_without_a_miss_is_served(string provider)
    {
        await using var caches = await Caches.OpenAsync(provider);
        await caches.One.InvalidateAsync(_location, "t", Stop);
        await caches.One.SetAsync(Key("a"), new Doc("pushed"), Hour, ["t"], Stop);
        Assert.Equal("pushed", (await caches.One.GetAsync<Doc>(Key("a"), Stop))?.Text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Callers_that_miss_together_fill_once(string provider)
    {
        await using var caches = await Caches.OpenAsync(provider);
        var fills = 0;
        var gate = new TaskCompletionSource();
        var callers = Enumerable.Range(0, 20).Select(_ => caches.One.GetOrFillAsync(Key("a"), Hour, ["t"], async _ =>
        {
            Interlocked.Increment(ref fills);
            await gate.Task;
            return new Doc("filled");
        }, Stop).AsTask()).ToList();
        await Eventually.HoldsAsync(() => Task.FromResult(Volatile.Read(ref fills) > 0), "somebody fills");
        gate.SetResult();

        Assert.All(await Task.WhenAll(callers), doc => Assert.Equal("filled", doc?.Text));
        Assert.Equal(1, fills);
        Assert.Equal("filled", (await caches.One.GetAsync<Doc>(Key("a"), Stop))?.Text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_fill_that_began_before_an_invalidation_is_not_joined_after_it(string provider)
    {
        await using var caches = await Caches.OpenAsync(provider);
        var gate = new TaskCompletionSource();
        var early = caches.One.GetOrFillAsync(Key("a"), Hour, ["t"], async _ => { await gate.Task; return new Doc("stale"); }, Stop).AsTask();
        await caches.One.InvalidateAsync(_location, "t", Stop);
        var late = await caches.One.GetOrFillAsync(Key("a"), Hour, ["t"], _ => Task.FromResult<Doc?>(new Doc("fresh")), Stop);
        gate.SetResult();
        await early;

        Assert.Equal("fresh", late?.Text);
        Assert.NotEqual("stale", (await caches.One.GetAsync<Doc>(Key("a"), Stop))?.Text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Names_that_look_alike_are_not_the_same(string provider)
    {
        await using var caches = await Caches.OpenAsync(provider);
        CacheKey[] keys = [new(_location, "a:b", "c"), new(_location, "a", "b:c"), new($"{_location}:a", "b", "c"), new(_location, "a%3Ab", "c"), new(_location, "a", "b c")];
        foreach (var (key, index) in keys.Select((key, index) => (key, index)))
        {
            await caches.One.SetAsync(key, new Doc($"{index}"), Hour, [$"t:{index} *"], Stop);
        }
        for (var index = 0; index < keys.Length; index++)
        {
            Assert.Equal($"{index}", (await caches.One.GetAsync<Doc>(keys[index], Stop))?.Text);
        }
        await caches.One.InvalidateAsync(_location, "t:1 *", Stop);
        Assert.Null(await caches.One.GetAsync<Doc>(keys[1], Stop));
        Assert.NotNull(await caches.One.GetAsync<Doc>(keys[0], Stop));
    }

    [Fact]
    public async Task Instances_share_entries_and_hear_each_others_invalidations()
    {
        await using var caches = await Caches.OpenAsync("Redis");
        await caches.One.SetAsync(Key("a"), new Doc("x"), Hour, ["t", "strange tag: ü *"], Stop);
        Assert.Equal("x", (await caches.Two.GetAsync<Doc>(Key("a"), Stop))?.Text);
        await caches.One.InvalidateAsync(_location, "strange tag: ü *", Stop);

        await Eventually.HoldsAsync(async () => await caches.Two.GetAsync<Doc>(Key("a"), Stop) is null, "the other instance forgot it");
    }

    [Fact]
    public async Task An_instance_that_fills_slowly_does_not_mislead_the_others()
    {
        await using var caches = await Caches.OpenAsync("Redis");
        await caches.Two.GetAsync<Doc>(Key("a"), Stop);
        await caches.One.InvalidateAsync(_location, "t", Stop);
        await caches.Two.SetAsync(Key("a"), new Doc("stale"), Hour, ["t"], Stop);

        Assert.Null(await caches.One.GetAsync<Doc>(Key("a"), Stop));
    }

    [Fact]
    public async Task Without_Redis_the_process_serves_itself_and_nothing_throws()
    {
        await using var caches = new Caches("127.0.0.1:1", new HandClock());
        await caches.One.SetAsync(Key("a"), new Doc("x"), Hour, ["t"], Stop);
        Assert.Equal("x", (await caches.One.GetAsync<Doc>(Key("a"), Stop))?.Text);
        await caches.One.InvalidateAsync(_location, "t", Stop);
        Assert.Null(await caches.One.GetAsync<Doc>(Key("a"), Stop));
        Assert.NotEqual("up", caches.One.State.Shared);
    }

    [Fact]
    public async Task Entries_in_the_process_are_bounded()
    {
        await using var caches = await Caches.OpenAsync("Memory");
        for (var i = 0; i < 500; i++)
        {
            await caches.One.SetAsync(Key($"{i}"), new Doc("x"), Hour, [], Stop);
        }
        Assert.InRange(caches.One.State.LocalEntries, 1, 100);
    }

    private CacheKey Key(string id) => new(_location, "doc", id);

    private sealed record Doc(string Text);

    private sealed class Caches : IAsyncDisposable
    {
        private readonly RedisLevel[] _levels = [];

        public Caches(string? redis, TimeProvider time)
        {
            var options = new CacheOptions { LocalEntries = 100 };
            if (redis is null)
            {
                One = Two = new HubCache(options, new NoSharedLevel(), time);
                return;
            }
            _levels = [Level(redis, time), Level(redis, time)];
            One = new HubCache(options, _levels[0], time);
            Two = new HubCache(options, _levels[1], time);
        }

        public HubCache One { get; }

        public HubCache Two { get; }

        public static async Task<Caches> OpenAsync(string provider, TimeProvider? time = null)
        {
            if (provider == "Memory")
            {
                return new Caches(null, time ?? TimeProvider.System);
            }
            var address = Environment.GetEnvironmentVariable("HUB_TEST_REDIS");
            Assert.SkipWhen(string.IsNullOrEmpty(address), "HUB_TEST_REDIS is not set");
            var caches = new Caches(address, TimeProvider.System);
            foreach (var cache in (HubCache[])[caches.One, caches.Two])
            {
                // The first calls compile and connect; they may run into the bound and open the circuit.
                await Eventually.HoldsAsync(
                    async () => cache.State.Shared == "up" && await cache.GetAsync<Doc>(new CacheKey("warm", "up"), Stop) is null && cache.State.Shared == "up", "Redis is up");
            }
            return caches;
        }

        public async ValueTask DisposeAsync()
        {
            One.Dispose();
            Two.Dispose();
            foreach (var level in _levels)
            {
                await level.DisposeAsync();
            }
        }

        private static RedisLevel Level(string address, TimeProvider time)
        {
            var level = new RedisLevel(address, time, NullLogger<RedisLevel>.Instance);
            level.Connect();
            return level;
        }
    }
}
