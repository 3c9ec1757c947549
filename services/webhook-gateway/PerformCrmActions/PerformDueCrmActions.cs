using EnterpriseHub.WebhookGateway.DeliverReply;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.PerformCrmActions;

/// <summary>Performs CRM actions whose time has come again, and those whose process died.</summary>
internal sealed class PerformDueCrmActions : BackgroundService
{
    private readonly DueSweep<CrmAction> _sweep;
    private readonly DeliveryOptions _options;

    public PerformDueCrmActions(
        CrmActionTable table, PerformCrmAction perform, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<PerformDueCrmActions> logger)
    {
        _options = options.Value;
        _sweep = new(
            nameof(PerformDueCrmActions),
            16,
            table.DueAsync,
            (due, stop) => due.State == "running" ? perform.ReleaseAsync(due, stop) : perform.RunAsync(due.ActionId, null, stop),
            time,
            logger);
    }

    /// <summary>One sweep, for tests.</summary>
    internal Task OnceAsync(CancellationToken cancellation) => _sweep.OnceAsync(cancellation);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _sweep.RunAsync(_options.SweepInterval, stoppingToken);
}
