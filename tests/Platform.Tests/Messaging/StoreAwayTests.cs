using System.Data.Common;
using EnterpriseHub.Platform.Tests.Fixtures;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Platform.Tests.Messaging;

public sealed class StoreAwayTests
{
    [Fact]
    public async Task A_message_waits_for_a_store_that_is_away()
    {
        var failing = new Failing(new StoreFailure(isAway: true), failures: 5);
        await using var hub = await PublishAsync(failing);

        await Eventually.HoldsAsync(() => Task.FromResult(failing.Tries == 6), "taken at the sixth try");
        Assert.False(failing.GivenUp);
    }

    [Fact]
    public async Task A_message_that_the_store_refuses_is_given_up()
    {
        var failing = new Failing(new StoreFailure(isAway: false), failures: int.MaxValue);
        await using var hub = await PublishAsync(failing);

        await Eventually.HoldsAsync(() => Task.FromResult(failing.GivenUp), "given up");
        Assert.Equal(4, failing.Tries);
    }

    private static async Task<Hub> PublishAsync(Failing failing)
    {
        var hub = await Hub.StartAsync(new TestModule
        {
            Services = services => services.AddSingleton(failing),
            Consumers = bus => bus.AddConsumer<FailingConsumer>(),
        });
        await hub.Get<IBus>().Publish(new ThingHappened("t1"), TestContext.Current.CancellationToken);
        return hub;
    }

    private sealed class StoreFailure(bool isAway) : DbException("the store failed")
    {
        public override bool IsTransient => isAway;
    }

    internal sealed class Failing(Exception failure, int failures)
    {
        private int _tries;

        public int Tries => _tries;

        public volatile bool GivenUp;

        public void Try()
        {
            if (Interlocked.Increment(ref _tries) <= failures)
            {
                throw failure;
            }
        }
    }

    internal sealed class FailingConsumer(Failing failing) : IConsumer<ThingHappened>, IConsumer<Fault<ThingHappened>>
    {
        public Task Consume(ConsumeContext<ThingHappened> context)
        {
            failing.Try();
            return Task.CompletedTask;
        }

        public Task Consume(ConsumeContext<Fault<ThingHappened>> context)
        {
            failing.GivenUp = true;
            return Task.CompletedTask;
        }
    }
}
