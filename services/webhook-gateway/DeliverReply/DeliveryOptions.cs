using System.ComponentModel.DataAnnotations;
using EnterpriseHub.Platform.Hosting;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>How replies and CRM actions are delivered; section <c>Delivery</c>.</summary>
internal sealed class DeliveryOptions
{
    /// <summary>How often due work is looked for in the store.</summary>
    /// <value>Default 0.5 s; 10 ms to 1 h.</value>
    [TimeRange("00:00:00.01", "01:00:00", ErrorMessage = "Delivery:SweepInterval must be 00:00:00.01 to 01:00:00.")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Sends that may run at once in this process.</summary>
    /// <value>Default 64.</value>
    [Range(1, 1000, ErrorMessage = "Delivery:Concurrency must be 1 to 1000.")]
    public int Concurrency { get; init; } = 64;

    /// <summary>Oldest knowledge of tags and DND on which a reply may be sent.</summary>
    /// <value>Default 60 s; 1 s to 1 h.</value>
    [TimeRange("00:00:01", "01:00:00", ErrorMessage = "Delivery:ContactMaxAge must be 00:00:01 to 01:00:00.")]
    public TimeSpan ContactMaxAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Age at which an inbound message refreshes the mirror; less than <see cref="ContactMaxAge"/> by the time a reply takes to think.</summary>
    /// <value>Default 30 s; 0 to 1 h.</value>
    [TimeRange("00:00:00", "01:00:00", ErrorMessage = "Delivery:ContactRefreshAge must be 00:00:00 to 01:00:00.")]
    public TimeSpan ContactRefreshAge { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a reply waits for facts or a token before it is held for a person.</summary>
    /// <value>Default 15 min; 1 s to 1 day.</value>
    [TimeRange("00:00:01", "1.00:00:00", ErrorMessage = "Delivery:HoldAfter must be 00:00:01 to 1.00:00:00.")]
    public TimeSpan HoldAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Age at which a reply is no answer any more and is held.</summary>
    /// <value>Default 24 h; 1 min to 7 days.</value>
    [TimeRange("00:01:00", "7.00:00:00", ErrorMessage = "Delivery:TooOldAfter must be 00:01:00 to 7.00:00:00.")]
    public TimeSpan TooOldAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Longest time between a claim and the first byte of its POST; later the claim is left to reconciliation.</summary>
    /// <value>Default 5 s; 0.1 s to 20 s.</value>
    [TimeRange("00:00:00.1", "00:00:20", ErrorMessage = "Delivery:ClaimLifetime must be 00:00:00.1 to 00:00:20.")]
    public TimeSpan ClaimLifetime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Age at which a claim without an outcome counts as unknown; more than claim lifetime and answer timeout together.</summary>
    /// <value>Default 30 s; 1 s to 1 h.</value>
    [TimeRange("00:00:01", "01:00:00", ErrorMessage = "Delivery:SendingTimeout must be 00:00:01 to 01:00:00.")]
    public TimeSpan SendingTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Times after an unknown outcome at which the conversation is read.</summary>
    /// <value>Default 20 s, 60 s, 180 s.</value>
    public TimeSpan[]? ReconcileSchedule { get; init; }

    /// <summary>Age at which a CRM action that was begun counts as abandoned; longer than the longest action (two calls of 15 s and a token).</summary>
    /// <value>Default 2 min; 1 s to 1 h.</value>
    [TimeRange("00:00:01", "01:00:00", ErrorMessage = "Delivery:CrmLease must be 00:00:01 to 01:00:00.")]
    public TimeSpan CrmLease { get; init; } = TimeSpan.FromMinutes(2);

    internal IReadOnlyList<TimeSpan> Reads => ReconcileSchedule is { Length: > 0 }
        ? ReconcileSchedule
        : [TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(180)];

    internal static bool HasRisingReads(DeliveryOptions options) =>
        options.Reads.Zip(options.Reads.Prepend(TimeSpan.Zero)).All(pair => pair.First > pair.Second);
}
