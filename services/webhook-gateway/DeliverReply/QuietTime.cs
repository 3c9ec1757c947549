using EnterpriseHub.WebhookGateway.ConnectLocation;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>Quiet hours on a zone's own clock, across midnight and clock changes. Equal ends mean no quiet hours.</summary>
internal static class QuietTime
{
    /// <summary>When the quiet hours that cover <paramref name="now"/> end; null when none do.</summary>
    public static DateTimeOffset? EndOf(QuietHours hours, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (!IsQuiet(hours, now, zone))
        {
            return null;
        }
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        for (var ahead = 0; ; ahead++)
        {
            var end = Zones.Instant(day.AddDays(ahead).ToDateTime(hours.To), zone);
            if (end > now)
            {
                // Where the clock changes that night the named minute may still be a quiet one (Casablanca at the end of Ramadan).
                while (IsQuiet(hours, end, zone))
                {
                    end += TimeSpan.FromMinutes(15);
                }
                return end;
            }
        }
    }

    private static bool IsQuiet(QuietHours hours, DateTimeOffset at, TimeZoneInfo zone) =>
        Cover(hours, TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime));

    private static bool Cover(QuietHours hours, TimeOnly at) => hours.From <= hours.To
        ? at >= hours.From && at < hours.To
        : at >= hours.From || at < hours.To;
}
