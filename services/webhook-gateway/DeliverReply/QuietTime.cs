using EnterpriseHub.WebhookGateway.ConnectLocation;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>Quiet hours on a zone's own clock, across midnight and clock changes. Equal ends mean no quiet hours.</summary>
internal static class QuietTime
{
    /// <summary>When the quiet hours that cover <paramref name="now"/> end; null when none do.</summary>
    public static DateTimeOffset? EndOf(QuietHours hours, DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        if (!Cover(hours, TimeOnly.FromDateTime(local)))
        {
            return null;
        }
        var day = DateOnly.FromDateTime(local);
        for (var ahead = 0; ; ahead++)
        {
            var end = Instant(day.AddDays(ahead).ToDateTime(hours.To), zone);
            if (end > now)
            {
                return end;
            }
        }
    }

    private static bool Cover(QuietHours hours, TimeOnly at) => hours.From <= hours.To
        ? at >= hours.From && at < hours.To
        : at >= hours.From || at < hours.To;

    /// <summary>A local time as an instant. A time that the clock skips is taken by the clock before the skip; of a repeated one, the later.</summary>
    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        var offset = zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddDays(-1))
            : zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Min()
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
