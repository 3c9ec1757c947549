using System.Globalization;
using EnterpriseHub.WebhookGateway.AuditDeliveries;

namespace EnterpriseHub.WebhookGateway.Tests.AuditDeliveries;

public sealed class AuditHourTests
{
    [Theory]
    [InlineData("2026-11-21T10:59:00Z", "America/Los_Angeles", "2026-11-21T11:00:00Z")]
    [InlineData("2026-11-21T11:00:00Z", "America/Los_Angeles", "2026-11-22T11:00:00Z")]
    [InlineData("2026-11-21T11:00:00Z", "UTC", "2026-11-22T03:00:00Z")]
    // The clock skips from 02:00 to 03:00 on this day.
    [InlineData("2026-03-08T09:30:00Z", "America/Los_Angeles", "2026-03-08T10:00:00Z")]
    [InlineData("2026-11-21T11:00:00Z", "Mars/Olympus", "2026-11-22T03:00:00Z")]
    public void The_audit_is_at_three_by_the_locations_own_clock(string now, string zone, string next) =>
        Assert.Equal(Time(next), AuditHour.After(Time(now), TimeSpan.FromHours(3), zone));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
