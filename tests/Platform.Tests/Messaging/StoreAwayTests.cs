using System.Data.Common;
using EnterpriseHub.Platform.Tests.Fixtures;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Platform.Tests.Messaging;

public sealed class StoreAwayTests
{
    [Theory]
    [InlineData(true, 6)]
    [InlineData(false, 4)]
    public async Task A_message_waits_for_a_store_that_is_away_and_is_given_up_when_the_store_refuses_it(bool isAway, int tries)
    {
        await using var store = await Stores.OpenAsync(Stores.Sqlite);
        var failing = new Failing(isAway, failures: 5);
        await using var hub = await Hub.StartAsync(
            new TestModule
            {
                Services = services => services.AddSingleton(failing),
                Consumers = bus => bus.AddConsumer<FailingConsumer>(),
            },
            store.Settings);

        await hub.Get<IBus>().Publish(new ThingHappened("t1"), TestContext.Current.CancellationToken);

        await Eventually.HoldsAsync(() => Task.FromResult(failing.Tries == tries), $"tried {tries} times");
    }

    private sealed class StoreFailure(bool isAway) : DbException("the store failed")
    {
        public override bool IsTransient => isAway;
    }

    internal sealed class Failing(bool isAway, int failures)
    {
        private int _tries;

        public int Tries => _tries;

        public void Try()
        {
            if (Interlocked.Increment(ref _tries) <= failures)
            {
                throw new StoreFailure(isAway);
            }
        }
    }

    internal sealed class FailingConsumer(Failing failing) : IConsumer<ThingHappened>
    {
        public Task Consume(ConsumeContext<ThingHappened> context)
        {
            failing.Try();
            return Task.CompletedTask;
        }
    }
}
