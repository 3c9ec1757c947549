using EnterpriseHub.WebhookGateway.Tests.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.DeliverReply;

/// <summary>How long a reply that could not go out waits, and since when it counts as in trouble.</summary>
public sealed class WaitingTests
{
    private const string Send = FakeGhl.Send;
    private const string Waits = "SELECT due_at - send_started_at FROM outbound_message";
    private const string Since = "SELECT blocked_since FROM outbound_message";

    [Theory, BothStores]
    public async Task Our_own_budget_holds_it_back_until_there_is_room_and_is_no_trouble(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        await host.ExecuteAsync("UPDATE rate_budget SET blocked_until = now_ms() + 60000");

        await host.SendAsync(host.Reply());

        Assert.Empty(host.Ghl.Of(Send));
        Assert.Equal("planned/rate_limited", await host.StateAsync());
        Assert.InRange(await host.ValueAsync<long>("SELECT due_at - blocked_until FROM outbound_message, rate_budget"), 0, 20_000);
        Assert.Equal(0, await host.ValueAsync<long>("SELECT blocked_since + blind_posts + send_started_at FROM outbound_message"));
    }

    [Fact]
    public async Task GHLs_limit_is_no_trouble_and_ends_what_trouble_there_was()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(Send, Answer.Error(401, "Invalid token"));
        host.Ghl.Next(Send, Answer.Error(429, "slow down"));
        await host.SendAsync(host.Reply());
        Assert.NotEqual(0, await host.ValueAsync<long>(Since));

        await host.ExecuteAsync("UPDATE outbound_message SET due_at = 0");
        await host.SweepAsync();

        Assert.Equal("planned/rate_limited", await host.StateAsync());
        Assert.Equal(0, await host.ValueAsync<long>(Since));
    }

    [Fact]
    public async Task A_quiet_night_is_no_trouble()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        var local = TimeOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);
        host.Locations.Change(location => location with { QuietHours = new(local.AddHours(-1), local.AddHours(2)), Profile = location.Profile with { TimeZone = "UTC" } });

        await host.SendAsync(host.Reply());

        Assert.Equal("planned/quiet_hours", await host.StateAsync());
        Assert.Equal(0, await host.ValueAsync<long>(Since));
        Assert.InRange(await host.ValueAsync<long>("SELECT due_at - planned_at FROM outbound_message"), 7_000_000, 7_300_000);
    }

    [Fact]
    public async Task A_refused_token_is_tried_again_after_as_long_as_it_has_been_refused()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(Send, Answer.Error(401, "Invalid token"));
        host.Ghl.Next(Send, Answer.Error(401, "Invalid token"));

        await host.SendAsync(host.Reply());
        Assert.InRange(await host.ValueAsync<long>(Waits), 1_000, 20_000);
        var since = await host.ValueAsync<long>(Since);
        host.Clock.Move(TimeSpan.FromSeconds(40));
        await host.SweepAsync();

        Assert.Equal("planned/unauthorized", await host.StateAsync());
        Assert.InRange(await host.ValueAsync<long>(Waits), 40_000, 60_000);
        Assert.Equal(since, await host.ValueAsync<long>(Since));
        Assert.Equal(0, await host.ValueAsync<long>("SELECT blind_posts FROM outbound_message"));
    }

    [Fact]
    public async Task An_unreachable_GHL_is_tried_again_after_as_long_as_it_has_been_away()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite", "--Ghl:BaseUrl=http://127.0.0.1:9");
        await SendStateTests.FreshMirrorAsync(host);

        await host.SendAsync(host.Reply());
        var since = await host.ValueAsync<long>(Since);
        host.Clock.Move(TimeSpan.FromSeconds(100));
        await host.ExecuteAsync("UPDATE contact_mirror SET as_of = now_ms()");
        await host.SweepAsync();

        Assert.Equal("planned/unreachable", await host.StateAsync());
        Assert.NotEqual(0, since);
        Assert.Equal(since, await host.ValueAsync<long>(Since));
        Assert.InRange(await host.ValueAsync<long>(Waits), 100_000, 130_000);
    }

    [Theory]
    [InlineData(false, "suppressed/location_inactive")]
    [InlineData(null, "held/location_unknown")]
    public async Task A_location_that_is_off_or_unknown_is_not_waited_for(bool? active, string end)
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        if (active is null)
        {
            host.Locations.All.Clear();
        }
        else
        {
            host.Locations.Change(location => location with { Active = false });
        }

        await host.SendAsync(host.Reply());

        Assert.Equal(end, await host.StateAsync());
        Assert.Empty(host.Ghl.Of(Send));
    }
}
