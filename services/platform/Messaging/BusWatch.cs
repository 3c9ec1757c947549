using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnterpriseHub.Platform.Messaging;

/// <summary>
/// Ends the process where its bus does not come back after the broker did, so that whoever supervises it starts a new one: now and then the
/// transport keeps closed channels for ever and neither publishes nor consumes, and a bus that is stopped and started again has no
/// consumers. Nothing is lost by it, as everything under way is in the store or at the broker. Exit code <see cref="ExitCode"/>.
/// </summary>
internal sealed class BusWatch(
    IBusControl control, PublishPulse pulse, BusTransport transport, BusOptions options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<BusWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ToStop = TimeSpan.FromSeconds(10);

    /// <summary>Tells a supervisor that the process wants to be started again.</summary>
    public const int ExitCode = 3;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!transport.Durable || !Uri.TryCreate(options.RabbitMq, UriKind.Absolute, out var broker))
        {
            return;
        }
        var trouble = new BusTrouble(State, pulse, new BrokerProbe(broker), time);
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (await trouble.LastedAsync(stoppingToken) > options.RestartAfter)
            {
                await EndAsync();
                return;
            }
        }
    }

    /// <summary>What the bus says of itself now.</summary>
    internal BusState State()
    {
        var health = control.CheckHealth();
        // The bus's own queue comes and goes with its connection and is made only when an answer is awaited.
        return new BusState(
            health.Status == BusHealthStatus.Healthy,
            [.. health.Endpoints.Values.Select(endpoint => endpoint.InputAddress).OfType<Uri>().Where(address => !address.Query.Contains("temporary", StringComparison.Ordinal)).Select(address => address.Segments[^1])]);
    }

    private async Task EndAsync()
    {
        logger.LogCritical("The bus has not come back {Seconds} s after its broker did; this process ends and must be started again", (int)options.RestartAfter.TotalSeconds);
        Environment.ExitCode = ExitCode;
        lifetime.StopApplication();
        await Task.Delay(ToStop, time, CancellationToken.None);
        // The bus that hangs may hold up the stop too.
        Environment.FailFast("The bus hangs.");
    }
}
