using System.Data.Common;
using EnterpriseHub.WebhookGateway.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;

/// <summary>
/// How many accepted messages still wait for their turn. Counted once a second, and in between by what this process took in: a count
/// for each webhook would cost more than the webhook.
/// </summary>
internal sealed class AdmissionBound(GatewayDatabase database, IOptions<IntakeOptions> options, TimeProvider time, ILogger<AdmissionBound> logger)
    : BackgroundService
{
    private long _open;
    private long _since;

    public bool IsFull => Interlocked.Read(ref _open) + Interlocked.Read(ref _since) >= options.Value.MaxOpenMessages;

    public void Took() => Interlocked.Increment(ref _since);

    public async Task CountAsync(CancellationToken cancellation)
    {
        var before = Interlocked.Read(ref _since);
        var open = await database.ReadAsync(
            session => session.FirstOrDefaultAsync<long>("SELECT COUNT(*) FROM inbound_event WHERE settled_at = 0 AND status = 'accepted'"), cancellation);
        Interlocked.Exchange(ref _open, open);
        Interlocked.Add(ref _since, -before);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        do
        {
            try
            {
                await CountAsync(stoppingToken);
            }
            catch (DbException failure)
            {
                // The last figure stands; a store that is down answers 429 by itself.
                logger.LogWarning("Open messages could not be counted ({Error})", failure.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
