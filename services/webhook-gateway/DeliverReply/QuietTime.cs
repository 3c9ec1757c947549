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
            var end = Zones.Instant(day.AddDays(ahead).ToDateTime(hours.To), zone);
            if (end > now)
            {
                return end;
            }
        }
    }

    private static bool Cover(QuietHours hours, TimeOnly at) => hours.From <= hours.To
        ? at >= hours.From && at < hours.To
        : at >= hours.From || at < hours.To;
}
