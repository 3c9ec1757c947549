using System.ComponentModel.DataAnnotations;
using EnterpriseHub.Platform.Hosting;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;

/// <summary>How webhooks are taken in; section <c>Gateway</c>.</summary>
internal sealed class IntakeOptions
{
    /// <summary>Largest body, bytes; a larger one is answered 413.</summary>
    public const int MaxBodyBytes = 256 * 1024;

    /// <summary>How long the assistant keeps out of a conversation in which a person wrote.</summary>
    /// <value>Default 24 hours; 0 to 30 days, <c>d.hh:mm:ss</c>. 0: it never steps back.</value>
    [TimeRange("00:00:00", "30.00:00:00", ErrorMessage = "Setting 'Gateway:TakeoverPause' must be from 00:00:00 to 30.00:00:00.")]
    public TimeSpan TakeoverPause { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Accepted messages that may wait for their turn; beyond it new ones are answered 429, which HighLevel retries.</summary>
    /// <value>Default 5000; 1 to 1 000 000.</value>
    [Range(1, 1_000_000, ErrorMessage = "Setting 'Gateway:MaxOpenMessages' must be from 1 to 1000000.")]
    public int MaxOpenMessages { get; init; } = 5000;

    /// <summary>Longest time storing a webhook may take; then it is answered 429.</summary>
    /// <value>Default 2 seconds; 100 ms to 10 s.</value>
    [TimeRange("00:00:00.1", "00:00:10", ErrorMessage = "Setting 'Gateway:StoreLimit' must be from 00:00:00.1 to 00:00:10.")]
    public TimeSpan StoreLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Age from which a message is history and is not answered any more.</summary>
    /// <value>Default 24 hours; 1 minute to 30 days.</value>
    [TimeRange("00:01:00", "30.00:00:00", ErrorMessage = "Setting 'Gateway:LateAfter' must be from 00:01:00 to 30.00:00:00.")]
    public TimeSpan LateAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Wait before an accepted message that no turn has answered is announced again; each further wait is longer.</summary>
    /// <value>Default 60 seconds; 1 second to 1 hour.</value>
    [TimeRange("00:00:01", "01:00:00", ErrorMessage = "Setting 'Gateway:RingAgainAfter' must be from 00:00:01 to 01:00:00.")]
    public TimeSpan RingAgainAfter { get; init; } = TimeSpan.FromSeconds(60);
}
