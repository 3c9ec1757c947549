using EnterpriseHub.WebhookGateway.DeliverReply;
using EnterpriseHub.WebhookGateway.ReviewLocations;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.AuditDeliveries;

/// <summary>Audits each location once a day, at an hour of its own clock.</summary>
internal sealed class AuditDeliveries : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly DueSweep<string> _sweep;

    public AuditDeliveries(LocationTasks tasks, AuditLocation audit, IOptions<ReviewOptions> options, TimeProvider time, ILogger<AuditDeliveries> logger) =>
        _sweep = new(
            nameof(AuditDeliveries),
            2,
            stop => tasks.DueAsync(LocationTask.Audit, (location, now) => AuditHour.After(now, options.Value.AuditAt, location.Profile.TimeZone), stop),
            audit.RunAsync,
            time,
            logger);

    /// <summary>One sweep, for tests.</summary>
    internal Task OnceAsync(CancellationToken cancellation) => _sweep.OnceAsync(cancellation);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _sweep.RunAsync(Look, stoppingToken);
}
