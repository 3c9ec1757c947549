using System.ComponentModel.DataAnnotations;
using EnterpriseHub.Platform.Hosting;

namespace EnterpriseHub.WebhookGateway.ReviewLocations;

/// <summary>How often a location's conversations are read to find what went wrong, and how long records are kept; section <c>Gateway</c>.</summary>
internal sealed class ReviewOptions
{
    /// <summary>How often each location is polled for messages whose webhook never came; up to a tenth more or less at random.</summary>
    /// <value>Default 5 min; 0 (off), or 1 s to 1 day.</value>
    [TimeRange("00:00:00", "1.00:00:00", ErrorMessage = "Setting 'Gateway:PollEvery' must be 00:00:00 (off) or up to 1.00:00:00.")]
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Age from which a message without a webhook counts as missed; younger ones are left to their webhook.</summary>
    /// <value>Default 1 min; 0 to 5 min.</value>
    [TimeRange("00:00:00", "00:05:00", ErrorMessage = "Setting 'Gateway:PollGrace' must be from 00:00:00 to 00:05:00.")]
    public TimeSpan PollGrace { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Time of day, in the location's zone, at which GHL's list is compared with the send ledger.</summary>
    /// <value>Default 03:00.</value>
    [TimeRange("00:00:00", "23:59:59", ErrorMessage = "Setting 'Gateway:AuditAt' must be a time of day, 00:00:00 to 23:59:59.")]
    public TimeSpan AuditAt { get; init; } = TimeSpan.FromHours(3);

    /// <summary>Age from which an audit expects a sent message in GHL's list; younger ones are left to the next audit.</summary>
    /// <value>Default 15 min; 0 to 6 h.</value>
    [TimeRange("00:00:00", "06:00:00", ErrorMessage = "Setting 'Gateway:AuditLag' must be from 00:00:00 to 06:00:00.")]
    public TimeSpan AuditLag { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the work of a process that died in a poll or audit waits for another; renewed after every conversation.</summary>
    /// <value>Default 5 min; 5 s to 1 h. Longer than the reading of one conversation may take.</value>
    [TimeRange("00:00:05", "01:00:00", ErrorMessage = "Setting 'Gateway:ReviewLease' must be from 00:00:05 to 01:00:00.")]
    public TimeSpan ReviewLease { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Days that webhooks, reported messages and audits are kept. Not less than 30: so long can HighLevel send a webhook again.</summary>
    /// <value>Default 30; 30 to 3650.</value>
    [Range(30, 3650, ErrorMessage = "Setting 'Gateway:RetentionDays' must be from 30 to 3650.")]
    public int RetentionDays { get; init; } = 30;
}
