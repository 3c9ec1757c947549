using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.DeliverReply;
using FsCheck;
using FsCheck.Fluent;

namespace EnterpriseHub.WebhookGateway.Tests.DeliverReply;

public sealed class QuietTimeTests
{
    private static readonly string[] Zones =
    [
        "America/Los_Angeles", "America/New_York", "America/St_Johns", "Europe/Berlin", "Europe/London", "Asia/Kolkata", "Asia/Kathmandu",
        "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Apia", "Africa/Casablanca", "America/Santiago", "UTC",
    ];

    private static readonly Gen<(QuietHours Hours, DateTimeOffset At, TimeZoneInfo Zone)> Cases =
        from fromMinute in Gen.Choose(0, 1439)
        from toMinute in Gen.Choose(0, 1439)
        from minute in Gen.Choose(0, 3 * 366 * 1440)
        from second in Gen.Choose(0, 59)
        from zone in Gen.Elements(Zones)
        select (new QuietHours(TimeOnly.MinValue.AddMinutes(fromMinute), TimeOnly.MinValue.AddMinutes(toMinute)),
            new DateTimeOffset(2025, 1, 1, 0, 0, second, TimeSpan.Zero).AddMinutes(minute),
            TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static bool Covers(QuietHours hours, DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        return hours.From <= hours.To ? local >= hours.From && local < hours.To : local >= hours.From || local < hours.To;
    }

    [Fact]
    public void Is_quiet_exactly_when_the_local_clock_says_so() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(5000),
        Prop.ForAll(Arb.From(Cases), one => QuietTime.EndOf(one.Hours, one.At, one.Zone).HasValue == Covers(one.Hours, one.At, one.Zone)));

    [Fact]
    public void The_end_lies_ahead_within_a_day_and_is_not_quiet_itself() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(5000),
        Prop.ForAll(Arb.From(Cases), one => QuietTime.EndOf(one.Hours, one.At, one.Zone) is not { } end
            || (end > one.At && end <= one.At.AddHours(26) && !Covers(one.Hours, end, one.Zone))));

    [Theory]
    // Across midnight.
    [InlineData("America/Los_Angeles", "21:00", "08:00", "2026-11-20T06:30:00Z", "2026-11-20T16:00:00Z")]
    [InlineData("America/Los_Angeles", "21:00", "08:00", "2026-11-20T15:59:59Z", "2026-11-20T16:00:00Z")]
    [InlineData("America/Los_Angeles", "21:00", "08:00", "2026-11-20T16:00:00Z", null)]
    // The night in which the clock jumps from 2 to 3: eight o'clock comes an hour earlier.
    [InlineData("America/Los_Angeles", "21:00", "08:00", "2026-03-08T05:30:00Z", "2026-03-08T15:00:00Z")]
    // The night in which it falls back.
    [InlineData("America/Los_Angeles", "21:00", "08:00", "2026-11-01T05:30:00Z", "2026-11-01T16:00:00Z")]
    // The end does not exist that day: by the clock before the jump.
    [InlineData("America/Los_Angeles", "00:30", "02:30", "2026-03-08T09:00:00Z", "2026-03-08T10:30:00Z")]
    // The end comes twice: the later.
    [InlineData("America/Los_Angeles", "22:00", "01:30", "2026-11-01T07:00:00Z", "2026-11-01T09:30:00Z")]
    [InlineData("UTC", "09:00", "09:00", "2026-11-01T09:00:00Z", null)]
    // The named minute is still a quiet one: the clock jumps from 2 to 3 at the end of Ramadan.
    [InlineData("Africa/Casablanca", "22:00", "02:30", "2025-04-06T00:00:00Z", "2025-04-06T02:00:00Z")]
    // The first moment is quiet, the last is not.
    [InlineData("UTC", "21:00", "08:00", "2026-11-20T21:00:00Z", "2026-11-21T08:00:00Z")]
    [InlineData("UTC", "09:00", "17:00", "2026-11-20T09:00:00Z", "2026-11-20T17:00:00Z")]
    [InlineData("UTC", "09:00", "17:00", "2026-11-20T08:59:59Z", null)]
    [InlineData("UTC", "09:00", "17:00", "2026-11-20T17:00:00Z", null)]
    public void Ends_when_the_zones_clock_says(string zone, string from, string to, string now, string? end)
    {
        var found = QuietTime.EndOf(
            new(TimeOnly.Parse(from), TimeOnly.Parse(to)), DateTimeOffset.Parse(now), TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal(end is null ? null : DateTimeOffset.Parse(end), found);
    }
}
