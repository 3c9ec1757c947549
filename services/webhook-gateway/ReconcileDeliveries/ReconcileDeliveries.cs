using EnterpriseHub.WebhookGateway.DeliverReply;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.ReconcileDeliveries;

/// <summary>Looks for sends without a known outcome and has each decided.</summary>
internal sealed class ReconcileDeliveries : BackgroundService
{
    private readonly DueSweep<DueReply> _sweep;
    private readonly DeliveryOptions _options;

    public ReconcileDeliveries(
        UnknownSends sends, ReconcileReply reconcile, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<ReconcileDeliveries> logger)
    {
        _options = options.Value;
        _sweep = new(
            nameof(ReconcileDeliveries),
            8,
            async stop =>
            {
                await sends.ExpireAsync(_options.SendingTimeout, _options.Reads[0], stop);
                return await sends.DueAsync(stop);
            },
            reconcile.RunAsync,
            time,
            logger);
    }

    /// <summary>One sweep, for tests.</summary>
    internal Task OnceAsync(CancellationToken cancellation) => _sweep.OnceAsync(cancellation);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _sweep.RunAsync(_options.SweepInterval, stoppingToken);
}
