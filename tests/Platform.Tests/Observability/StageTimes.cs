using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EnterpriseHub.Platform.Observability;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.Platform.Tests.Fixtures;
using EnterpriseHub.Platform.Tests.Messaging;

namespace EnterpriseHub.Platform.Tests.Observability;

public sealed class StageTimes
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_wall_clock_that_is_set_back_takes_no_time_back()
    {
        var time = new SteppedClock();
        var clock = new StageClock(time);
        time.Runs(30);
        var before = clock.Now;
        time.Wall -= TimeSpan.FromHours(1);
        time.Runs(20);

        Assert.Equal(20, clock.Now - before, 3);
        Assert.Equal(SteppedClock.Start.ToUnixTimeMilliseconds() + 50, clock.Now, 3);
    }

    [Fact]
    public void A_stage_is_measured_from_the_one_before_and_never_below_nothing()
    {
        using var measured = new Measured();
        HubMetrics.Reached([new("began", 100), new("worked", 350), new("other clock", 340), new("went on", 1340)]);

        Assert.Equal([("worked", 0.25), ("other clock", 0), ("went on", 1)], measured.Of("began", "worked", "other clock", "went on"));
    }

    [Fact]
    public async Task A_message_that_is_handed_to_the_bus_measures_its_stage_once()
    {
        using var measured = new Measured();
        await using var store = await Stores.OpenAsync(Stores.Sqlite);
        var probe = new Probe();
        await using var hub = await Hub.StartAsync(probe.Module(), store.Settings);
        await PublishAsync(hub.Get<ThingDatabase>(), "with", "handed over");
        await PublishAsync(hub.Get<ThingDatabase>(), "without", null);

        await Eventually.HoldsAsync(() => Task.FromResult(probe.Arrived.Count == 2 && measured.Of("handed over").Count > 0), "both arrived, one measured");
        var (_, seconds) = Assert.Single(measured.Of("handed over"));
        Assert.InRange(seconds, 0, 60);
    }

    [Fact]
    public async Task What_a_dead_process_left_measures_nothing()
    {
        using var measured = new Measured();
        await using var store = await Stores.OpenAsync(Stores.Sqlite);
        await PublishAsync(await store.DatabaseAsync(), "left over", "left over");
        var probe = new Probe();
        await using var hub = await Hub.StartAsync(probe.Module(), store.Settings);

        await Eventually.HoldsAsync(async () => await hub.Get<ThingDatabase>().ReadAsync(
            sql => sql.FirstOrDefaultAsync<long>("SELECT count(*) FROM outbox WHERE published_at > 0"), Stop) == 1, "it was published");
        Assert.Empty(measured.Of("left over"));
    }

    private static Task<bool> PublishAsync(ModuleDatabase database, string id, string? stage) => database.TryWriteAsync(
        unit =>
        {
            unit.Publish(new ThingHappened(id), stage);
            return Task.FromResult(true);
        },
        Stop);

    private sealed class Measured : IDisposable
    {
        private readonly ConcurrentQueue<(string Stage, double Seconds)> _all = new();
        private readonly MeterListener _listener = new();

        public Measured()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "turn.stage.duration")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => _all.Enqueue(((string)tags[0].Value!, Math.Round(seconds, 6))));
            _listener.Start();
        }

        /// <summary>Other tests of this process measure too.</summary>
        public IReadOnlyList<(string Stage, double Seconds)> Of(params string[] stages) => [.. _all.Where(one => stages.Contains(one.Stage))];

        public void Dispose() => _listener.Dispose();
    }

    /// <summary>A wall clock that can be set and a monotonic clock that cannot.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        public static readonly DateTimeOffset Start = new(2026, 11, 20, 8, 30, 0, TimeSpan.Zero);

        private long _ticks;

        public DateTimeOffset Wall { get; set; } = Start;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => _ticks;

        public void Runs(int milliseconds)
        {
            _ticks += TimeSpan.FromMilliseconds(milliseconds).Ticks;
            Wall += TimeSpan.FromMilliseconds(milliseconds);
        }
    }
}
