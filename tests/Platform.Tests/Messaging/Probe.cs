using System.Collections.Concurrent;
using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.Platform.Tests.Fixtures;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Platform.Tests.Messaging;

/// <summary>Counts what arrives, and takes each message once in the store.</summary>
internal sealed class Probe
{
    public ConcurrentQueue<string> Arrived { get; } = new();

    public TestModule Module(bool listens = true) => new()
    {
        Services = services =>
        {
            services.AddModuleDatabase<ThingDatabase>();
            services.AddSingleton(this);
        },
        Consumers = bus =>
        {
            if (listens)
            {
                bus.AddConsumer<CountThingConsumer>();
            }
        },
    };

    internal sealed class CountThingConsumer(Probe probe, ThingDatabase database) : IConsumer<ThingHappened>
    {
        public async Task Consume(ConsumeContext<ThingHappened> context)
        {
            probe.Arrived.Enqueue(context.Message.ThingId);
            await database.TryWriteAsync(
                async unit => await Inbox.TakeAsync(unit, context, "count-thing")
                    && await unit.ExecuteAsync(
                        "INSERT INTO thing (thing_id, flag) VALUES (@ThingId, 1) ON CONFLICT (thing_id) DO UPDATE SET flag = thing.flag + 1", context.Message) == 1,
                context.CancellationToken);
        }
    }
}
