using EnterpriseHub.WebhookGateway.DeliverReply;

namespace EnterpriseHub.WebhookGateway.AuditDeliveries;

/// <summary>The next time that a location's clock shows the hour of the audit.</summary>
internal static class AuditHour
{
    public static DateTimeOffset After(DateTimeOffset now, TimeSpan hour, string zoneName)
    {
        var zone = Zones.Find(zoneName) ?? TimeZoneInfo.Utc;
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var next = Zones.Instant(today + hour, zone);
        return next > now ? next : Zones.Instant(today.AddDays(1) + hour, zone);
    }
}
