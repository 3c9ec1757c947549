namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>Time zones by IANA name.</summary>
internal static class Zones
{
    /// <summary>The zone, or null when nobody knows the name.</summary>
    public static TimeZoneInfo? Find(string? name) =>
        !string.IsNullOrWhiteSpace(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name.Trim(), out var zone) ? zone : null;
}
