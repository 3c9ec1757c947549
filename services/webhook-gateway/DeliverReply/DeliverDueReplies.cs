using EnterpriseHub.WebhookGateway.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>Sends planned replies whose time has come: after quiet hours, a rate limit, a lost connection, a dead process.</summary>
internal sealed class DeliverDueReplies : BackgroundService
{
    private readonly GatewayDatabase _database;
    private readonly DueSweep<DueReply> _sweep;
    private readonly DeliveryOptions _options;

    public DeliverDueReplies(
        GatewayDatabase database, SendOnce send, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<DeliverDueReplies> logger)
    {
        _database = database;
        _options = options.Value;
        _sweep = new(nameof(DeliverDueReplies), _options.Concurrency, DueAsync, (due, stop) => send.RunAsync(due, null, stop), time, logger);
    }

    /// <summary>Planned replies whose time has come.</summary>
    internal Task<IReadOnlyList<DueReply>> DueAsync(CancellationToken cancellation) => _database.ReadAsync(
        session => session.QueryAsync<DueReply>(
            "SELECT turn_id, part, location_id, contact_id FROM outbound_message WHERE state = 'planned' AND due_at <= now_ms() ORDER BY due_at LIMIT 200"),
        cancellation);

    /// <summary>One sweep, for tests.</summary>
    internal Task OnceAsync(CancellationToken cancellation) => _sweep.OnceAsync(cancellation);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _sweep.RunAsync(_options.SweepInterval, stoppingToken);
}
