using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.Platform.Tests.Fixtures;

namespace EnterpriseHub.Platform.Tests.Messaging;

/// <summary>When a process must end because its bus hangs, and when it must not.</summary>
public sealed class BusTroubleTests
{
    private readonly HandClock _time = new();
    private readonly StubProbe _probe = new();
    private readonly PublishPulse _pulse;
    private readonly BusTrouble _trouble;
    private bool _healthy = true;

    public BusTroubleTests()
    {
        _pulse = new PublishPulse(_time);
        _trouble = new BusTrouble(() => new BusState(_healthy, ["queue"]), _pulse, _probe, _time);
    }

    [Fact]
    public async Task A_bus_that_works_is_left_alone()
    {
        _pulse.Failed();
        _pulse.Confirmed();
        Assert.Equal(TimeSpan.Zero, await AfterAsync(10, () => { }));
    }

    [Fact]
    public async Task A_bus_that_calls_itself_ill_is_in_trouble()
    {
        _healthy = false;
        Assert.InRange(await AfterAsync(10, () => { }), TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(120));
        _healthy = true;
        Assert.Equal(TimeSpan.Zero, await _trouble.LastedAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_bus_that_calls_itself_healthy_and_publishes_nothing_is_in_trouble() =>
        Assert.InRange(await AfterAsync(10, _pulse.Failed), TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(120));

    [Fact]
    public async Task One_failure_that_nothing_followed_is_none()
    {
        _pulse.Failed();
        Assert.Equal(TimeSpan.Zero, await AfterAsync(4, () => { }));
    }

    [Fact]
    public async Task A_queue_without_a_consumer_is_trouble_until_it_has_one()
    {
        _probe.Unconsumed = true;
        Assert.InRange(await AfterAsync(10, () => { }), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120));
        _probe.Unconsumed = false;
        Assert.Equal(TimeSpan.Zero, await _trouble.LastedAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_broker_that_takes_nothing_is_no_fault_of_the_bus()
    {
        _probe.Takes = false;
        _healthy = false;
        _probe.Unconsumed = true;
        Assert.Equal(TimeSpan.Zero, await AfterAsync(10, _pulse.Failed));
        _probe.Takes = true;
        Assert.InRange(await AfterAsync(3, _pulse.Failed), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(35));
    }

    /// <summary>Looks every ten seconds.</summary>
    private async Task<TimeSpan> AfterAsync(int looks, Action before)
    {
        var lasted = TimeSpan.Zero;
        for (var look = 0; look < looks; look++)
        {
            _time.Pass(TimeSpan.FromSeconds(10));
            before();
            lasted = await _trouble.LastedAsync(TestContext.Current.CancellationToken);
        }
        return lasted;
    }

    private sealed class StubProbe : IBrokerProbe
    {
        public bool Takes { get; set; } = true;

        public bool Unconsumed { get; set; }

        public Task<bool> TakesMessagesAsync(CancellationToken cancellation) => Task.FromResult(Takes);

        public Task<IReadOnlyList<string>> UnconsumedAsync(IReadOnlyList<string> queues, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<string>>(Unconsumed ? queues : []);
    }
}
