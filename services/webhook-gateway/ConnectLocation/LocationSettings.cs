using EnterpriseHub.Contracts.Conversations;

namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>Hours in which no message goes out, in the lead's zone.</summary>
/// <param name="From">Start, e.g. 21:00.</param>
/// <param name="To">End, e.g. 08:00; may be on the next day.</param>
internal sealed record QuietHours(TimeOnly From, TimeOnly To);

/// <summary>A location as the gateway knows it. Tokens are never part of it.</summary>
/// <param name="LocationId">GHL location.</param>
/// <param name="Profile">What the conversation needs to know.</param>
/// <param name="QuietHours">Null: none.</param>
/// <param name="Active">False after an uninstall: events are stored, nothing is done.</param>
internal sealed record LocationSettings(string LocationId, LocationProfile Profile, QuietHours? QuietHours, bool Active)
{
    /// <summary>SHA-256 of the workflow secret, lower-case hex; null: the workflow route is closed.</summary>
    public string? WorkflowSecretHash { get; init; }
}

/// <summary>Reads locations; cached for a few seconds in this process and refreshed at once by writes made here.</summary>
internal interface ILocations
{
    /// <summary>The location, or null when nobody connected it.</summary>
    ValueTask<LocationSettings?> FindAsync(string locationId, CancellationToken cancellation);

    /// <summary>The location's static access token, decrypted; null when it has none (then OAuth's pair is used).</summary>
    ValueTask<string?> AccessTokenAsync(string locationId, CancellationToken cancellation);
}
