using System.Data.Common;
using EnterpriseHub.WebhookGateway.ReviewLocations;
using EnterpriseHub.WebhookGateway.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.ForgetEvents;

/// <summary>
/// Deletes what is older than <c>Gateway:RetentionDays</c>: webhooks with their bodies, reported messages, audits. Small batches, so that no
/// webhook waits for it. A message that still waits for its turn or for a person stays.
/// </summary>
internal sealed class ForgetEvents(GatewayDatabase database, IOptions<ReviewOptions> options, TimeProvider time, ILogger<ForgetEvents> logger) : BackgroundService
{
    private const int Batch = 500;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private static readonly string[] Deletes =
    [
        """
        DELETE FROM inbound_event WHERE seq IN (SELECT seq FROM inbound_event
          WHERE accepted_at < now_ms() - @age AND settled_at > 0 ORDER BY accepted_at LIMIT @batch {skip_locked})
        """,
        """
        DELETE FROM observed_outbound WHERE at < now_ms() - @age AND (location_id, message_id) IN (
          SELECT location_id, message_id FROM observed_outbound WHERE at < now_ms() - @age ORDER BY at LIMIT @batch {skip_locked})
        """,
        """
        DELETE FROM delivery_audit_finding WHERE audit_id IN (SELECT audit_id FROM delivery_audit WHERE done_at < now_ms() - @age)
        """,
        "DELETE FROM delivery_audit WHERE done_at < now_ms() - @age",
    ];

    /// <summary>Deletes all that is due; returns the rows.</summary>
    internal async Task<int> OnceAsync(CancellationToken cancellation)
    {
        var age = (long)TimeSpan.FromDays(options.Value.RetentionDays).TotalMilliseconds;
        var forgotten = 0;
        foreach (var delete in Deletes)
        {
            int rows;
            do
            {
                rows = await database.WriteAsync(unit => unit.ExecuteAsync(delete, new { age, batch = (long)Batch }), cancellation);
                forgotten += rows;
            }
            while (rows >= Batch);
        }
        return forgotten;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var rows = await OnceAsync(stoppingToken);
                if (rows > 0)
                {
                    logger.LogInformation("{Rows} rows older than {Days} days were deleted", rows, options.Value.RetentionDays);
                }
            }
            catch (DbException failure)
            {
                logger.LogWarning("Old rows could not be deleted ({Error}); will try again", failure.GetType().Name);
            }
        }
    }
}
