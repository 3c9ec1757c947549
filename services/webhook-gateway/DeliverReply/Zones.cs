namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>Time zones by IANA name.</summary>
internal static class Zones
{
    /// <summary>The zone, or null when nobody knows the name.</summary>
    public static TimeZoneInfo? Find(string? name) =>
        !string.IsNullOrWhiteSpace(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name.Trim(), out var zone) ? zone : null;

    /// <summary>A local time as an instant. A time that the clock skips is taken by the clock before the skip; of a repeated one, the later.</summary>
    public static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        var offset = zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddDays(-1))
            : zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Min()
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
