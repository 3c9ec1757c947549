using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using EnterpriseHub.Platform.Hosting;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EnterpriseHub.Platform.Messaging;

/// <summary>Which bus carries the messages; section <c>Bus</c>.</summary>
public sealed class BusOptions
{
    /// <summary>Transport name.</summary>
    /// <value><c>RabbitMq</c> or <c>InMemory</c>; no default.</value>
    public string? Transport { get; init; }

    /// <summary>Broker address, amqp or amqps.</summary>
    /// <value>No default; required by <c>RabbitMq</c>, e.g. <c>amqp://hub:secret@rabbitmq:5672/</c>.</value>
    public string? RabbitMq { get; init; }

    /// <summary>How long the bus may be unhealthy while its broker answers; then the process ends with code 3, to be started again by its supervisor.</summary>
    /// <value>Default 2 min; 5 s to 1 h. The transport itself waits up to a minute between two tries.</value>
    [TimeRange("00:00:05", "01:00:00", ErrorMessage = "Bus:RestartAfter must be 00:00:05 to 01:00:00.")]
    public TimeSpan RestartAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Messages that a queue's consumers hold at once, unless the consumer's definition says otherwise.</summary>
    /// <value>Default 32; 1 to 1000.</value>
    [Range(1, 1000, ErrorMessage = "Bus:Prefetch must be 1 to 1000.")]
    public int Prefetch { get; init; } = 32;
}

/// <summary>One row of the bus table.</summary>
/// <param name="Configure">Picks and configures the MassTransit transport.</param>
/// <param name="Durable">True when a confirmed message survives a restart of this process.</param>
public sealed record BusTransport(Action<IBusRegistrationConfigurator, BusOptions> Configure, bool Durable);

/// <summary>The one place that calls <c>AddMassTransit</c>, and the bus table.</summary>
public static class BusSetup
{
    private static readonly Dictionary<string, BusTransport> Transports = new(StringComparer.OrdinalIgnoreCase)
    {
        ["RabbitMq"] = new(UseRabbitMq, Durable: true),
        ["InMemory"] = new(UseInMemory, Durable: false),
    };

    internal static void AddBus(this IHostApplicationBuilder builder, IReadOnlyList<IServiceModule> modules)
    {
        var options = builder.ReadOptions<BusOptions>("Bus");
        var transport = SettingException.Choose("Bus:Transport", options.Transport, Transports);
        builder.Services.AddSingleton(transport);
        builder.Services.AddHostedService<BusWatch>();
        builder.Services.AddSingleton<PublishPulse>();
        builder.Services.AddSingleton<OutboxPublisher>();
        builder.Services.AddSingleton<RawMessages>();
        builder.Services.AddOptions<MassTransitHostOptions>().Configure(host =>
        {
            host.WaitUntilStarted = false;
            host.StopTimeout = TimeSpan.FromSeconds(75);
            host.ConsumerStopTimeout = TimeSpan.FromSeconds(70);
        });
        builder.Services.AddMassTransit(bus =>
        {
            // The library reports to its maker unless it is told not to; what runs here is nobody else's business.
            bus.DisableUsageTelemetry();
            bus.SetEndpointNameFormatter(new ModuleEndpointNames(modules));
            bus.AddConfigureEndpointsCallback((context, _, endpoint) => DeadLetterRoute.Configure(endpoint, context.GetRequiredService<TimeProvider>()));
            foreach (var module in modules)
            {
                module.AddConsumers(bus);
            }
            transport.Configure(bus, options);
        });
    }

    private static void UseRabbitMq(IBusRegistrationConfigurator bus, BusOptions options)
    {
        if (!Uri.TryCreate(options.RabbitMq, UriKind.Absolute, out var address) || address.Scheme is not ("amqp" or "amqps"))
        {
            // Without its value: it may hold a password.
            throw new SettingException("Bus:RabbitMq", options.RabbitMq is null ? null : "(unreadable)", "an amqp:// or amqps:// address, e.g. amqp://hub:secret@rabbitmq:5672/");
        }
        bus.AddConfigureEndpointsCallback((_, _, endpoint) =>
        {
            if (endpoint is IRabbitMqReceiveEndpointConfigurator queue)
            {
                queue.SetQuorumQueue();
            }
        });
        bus.UsingRabbitMq((context, rabbit) =>
        {
            rabbit.Host(address, host =>
            {
                host.PublisherConfirmation = true;
                host.Heartbeat(TimeSpan.FromSeconds(10));
            });
            rabbit.PrefetchCount = options.Prefetch;
            rabbit.UseMessageRetry(RetryProfile.StoreAway);
            rabbit.UseMessageRetry(RetryProfile.Transient);
            if (context.GetService<IDeadLetterSink>() is { } sink)
            {
                rabbit.ReceiveEndpoint(DeadLetterRoute.Queue, endpoint =>
                {
                    endpoint.SetQuorumQueue();
                    KeepDeadLetters(endpoint, sink, context);
                });
            }
            rabbit.ConfigureEndpoints(context);
        });
    }

    private static void UseInMemory(IBusRegistrationConfigurator bus, BusOptions options) =>
        bus.UsingInMemory((context, memory) =>
        {
            memory.PrefetchCount = options.Prefetch;
            memory.UseMessageRetry(RetryProfile.StoreAway);
            memory.UseMessageRetry(RetryProfile.Transient);
            if (context.GetService<IDeadLetterSink>() is { } sink)
            {
                memory.ReceiveEndpoint(DeadLetterRoute.Queue, endpoint => KeepDeadLetters(endpoint, sink, context));
            }
            memory.ConfigureEndpoints(context);
        });

    private static void KeepDeadLetters(IReceiveEndpointConfigurator endpoint, IDeadLetterSink sink, IServiceProvider services)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.DiscardSkippedMessages();
        endpoint.ConfigureReceive(receive => receive.UseFilter(ActivatorUtilities.CreateInstance<KeepDeadLetter>(services, sink)));
    }
}

/// <summary>Retry in the consumer pipeline. Longer waits live in the store (due_at and a sweeper), unless it is the store that is away.</summary>
internal static class RetryProfile
{
    /// <summary>
    /// Ten minutes, well below the half hour after which RabbitMQ takes a message back. Without it a restart of the store costs facts.
    /// Often, because a newer message of the same conversation may get through meanwhile.
    /// </summary>
    public static void StoreAway(IRetryConfigurator retry)
    {
        retry.Handle<DbException>(failure => failure.IsTransient);
        retry.Intervals([TimeSpan.FromMilliseconds(200), .. Enumerable.Repeat(TimeSpan.FromSeconds(1), 600)]);
    }

    /// <summary>Whatever else blinks.</summary>
    public static void Transient(IRetryConfigurator retry)
    {
        retry.Ignore<DbException>(failure => failure.IsTransient);
        retry.Intervals(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
    }
}
