using System.Net.Sockets;
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
    IBusControl control, BusTransport transport, BusOptions options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<BusWatch> logger) : BackgroundService
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
        using var timer = new PeriodicTimer(Every, time);
        long? since = null;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // A broker that is away is no fault of the bus: the clock starts when it is there.
            if (control.CheckHealth().Status == BusHealthStatus.Healthy || !await AnswersAsync(broker, stoppingToken))
            {
                since = null;
            }
            else if (time.GetElapsedTime(since ??= time.GetTimestamp()) > options.RestartAfter)
            {
                await EndAsync();
                return;
            }
        }
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

    private static async Task<bool> AnswersAsync(Uri broker, CancellationToken stop)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(Every);
            using var socket = new TcpClient();
            await socket.ConnectAsync(broker.Host, broker.Port > 0 ? broker.Port : 5672, limit.Token);
            return true;
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
