using EnterpriseHub.WebhookGateway.DeliverReply;
using EnterpriseHub.WebhookGateway.ReviewLocations;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.FindMissedMessages;

/// <summary>Polls each location when its time has come; <c>Gateway:PollEvery</c> 0 turns it off.</summary>
internal sealed class FindMissedMessages : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly DueSweep<string> _sweep;
    private readonly TimeSpan _every;

    public FindMissedMessages(
        LocationTasks tasks, MissedMessages missed, IOptions<ReviewOptions> options, TimeProvider time, ILogger<FindMissedMessages> logger)
    {
        _every = options.Value.PollEvery;
        _sweep = new(
            nameof(FindMissedMessages),
            4,
            // Spread, so that a thousand new locations are not polled in one second.
            stop => tasks.DueAsync(LocationTask.Poll, (_, now) => now + (_every * Random.Shared.NextDouble()), stop),
            missed.RunAsync,
            time,
            logger);
    }

    /// <summary>One sweep, for tests.</summary>
    internal Task OnceAsync(CancellationToken cancellation) => _sweep.OnceAsync(cancellation);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _every == TimeSpan.Zero ? Task.CompletedTask : _sweep.RunAsync(_every < Look ? _every : Look, stoppingToken);
}
