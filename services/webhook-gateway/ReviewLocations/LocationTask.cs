namespace EnterpriseHub.WebhookGateway.ReviewLocations;

/// <summary>A run of one location's work, claimed by this instance. Times are Unix milliseconds.</summary>
internal sealed record LocationTask
{
    /// <summary>Looks for messages whose webhook never came.</summary>
    public const string Poll = "poll";

    /// <summary>Compares GHL's list with the send ledger.</summary>
    public const string Audit = "audit";

    public required string LocationId { get; init; }

    public required string Task { get; init; }

    public required string Lease { get; init; }

    /// <summary>GHL's time up to which everything was read; 0: nothing yet.</summary>
    public required long ReadUpTo { get; init; }

    /// <summary>Since when the location is connected without a break.</summary>
    public required long ConnectedAt { get; init; }

    /// <summary>The store's clock at the claim.</summary>
    public required long Now { get; init; }
}
