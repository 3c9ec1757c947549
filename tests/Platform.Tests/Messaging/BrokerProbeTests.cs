using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.Platform.Tests.Fixtures;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;

namespace EnterpriseHub.Platform.Tests.Messaging;

/// <summary>Questions to a real broker.</summary>
public sealed class BrokerProbeTests
{
    private static readonly string? Address = Environment.GetEnvironmentVariable("HUB_TEST_RABBITMQ");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broker_that_runs_takes_messages_and_one_that_does_not_takes_none()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Address), "HUB_TEST_RABBITMQ is not set");
        Assert.True(await new BrokerProbe(new Uri(Address)).TakesMessagesAsync(Stop));
        Assert.False(await new BrokerProbe(new Uri("amqp://127.0.0.1:1/")).TakesMessagesAsync(Stop));
    }

    [Fact]
    public async Task A_queue_that_is_missing_or_that_nobody_consumes_is_named()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Address), "HUB_TEST_RABBITMQ is not set");
        var (idle, busy) = ($"probe-idle-{NewId.NextGuid():N}", $"probe-busy-{NewId.NextGuid():N}");
        await using var connection = await new ConnectionFactory { Uri = new Uri(Address) }.CreateConnectionAsync(Stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
        foreach (var queue in (string[])[idle, busy])
        {
            await channel.QueueDeclareAsync(queue, durable: false, exclusive: false, autoDelete: false, cancellationToken: Stop);
        }
        await channel.BasicConsumeAsync(busy, autoAck: true, new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(channel), Stop);
        try
        {
            Assert.Equal([idle, "probe-missing"], await new BrokerProbe(new Uri(Address)).UnconsumedAsync([busy, idle, "probe-missing"], Stop));
            Assert.Empty(await new BrokerProbe(new Uri("amqp://127.0.0.1:1/")).UnconsumedAsync([idle], Stop));
        }
        finally
        {
            await channel.QueueDeleteAsync(idle, cancellationToken: Stop);
            await channel.QueueDeleteAsync(busy, cancellationToken: Stop);
        }
    }

    [Fact]
    public async Task The_queues_of_a_running_bus_are_consumed()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Address), "HUB_TEST_RABBITMQ is not set");
        var module = new TestModule { Consumers = bus => bus.AddConsumer<SeeConsumer>() };
        await using var hub = await Hub.StartAsync(module, "--Bus:Transport", "RabbitMq", "--Bus:RabbitMq", Address);
        await hub.Get<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(120));
        // An answer that is awaited gives the bus a queue of its own, which is none of ours to watch.
        await hub.Get<IBus>().CreateRequestClient<Asked>().GetResponse<Seen>(new Asked(), Stop);
        var watch = hub.App.Services.GetServices<IHostedService>().OfType<BusWatch>().Single();
        var state = watch.State();

        Assert.True(state.IsHealthy);
        Assert.Equal(["test-see"], state.Queues);
        Assert.Empty(await new BrokerProbe(new Uri(Address)).UnconsumedAsync(state.Queues, Stop));
    }

    internal sealed record Asked;

    internal sealed record Seen;

    internal sealed class SeeConsumer : IConsumer<Asked>
    {
        public Task Consume(ConsumeContext<Asked> context) => context.RespondAsync(new Seen());
    }
}
