using EnterpriseHub.WebhookGateway.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.GhlApi;

public sealed class RateBudgetTests
{
    [Theory, BothStores]
    public async Task Many_at_once_never_draw_more_than_the_limit(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store, "--Ghl:RateLimit=25");

        var draws = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => DrawAsync(host, DrawFor.Reply)));

        Assert.Equal(25, draws.Count(draw => draw.Granted));
        Assert.All(draws.Where(draw => !draw.Granted), draw => Assert.InRange(draw.Wait, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(10)));
    }

    [Theory, BothStores]
    public async Task Others_leave_the_reserve_to_replies(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store, "--Ghl:RateLimit=10", "--Ghl:ReserveForReplies=4");

        var others = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => DrawAsync(host, DrawFor.Other)));
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => DrawAsync(host, DrawFor.Reply)));

        Assert.Equal((6, 4), (others.Count(draw => draw.Granted), replies.Count(draw => draw.Granted)));
    }

    [Fact]
    public async Task A_new_window_begins_anew()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite", "--Ghl:RateLimit=1", "--Ghl:ReserveForReplies=0");
        Assert.True((await DrawAsync(host, DrawFor.Reply)).Granted);
        Assert.False((await DrawAsync(host, DrawFor.Reply)).Granted);

        host.Clock.Move(TimeSpan.FromSeconds(10.1));

        Assert.True((await DrawAsync(host, DrawFor.Reply)).Granted);
    }

    [Theory, BothStores]
    public async Task GHLs_own_count_corrects_ours(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        var draw = await DrawAsync(host, DrawFor.Reply);

        // A trial account: 25 in ten seconds, of which another app of ours used 23.
        await ObserveAsync(host, draw, new(25, 1, 10_000, 9_000, null));

        Assert.True((await DrawAsync(host, DrawFor.Reply)).Granted);
        Assert.False((await DrawAsync(host, DrawFor.Reply)).Granted);
        Assert.Equal(8_999, await host.ValueAsync<long>("SELECT day_remaining FROM rate_budget"));
    }

    [Fact]
    public async Task Headers_that_agree_are_not_written_back()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        var draw = await DrawAsync(host, DrawFor.Reply);
        await host.ExecuteAsync("UPDATE rate_budget SET used = 40");

        await ObserveAsync(host, draw, new(100, 97, 10_000, 199_998, null));

        Assert.Equal(40, await host.ValueAsync<long>("SELECT used FROM rate_budget"));
    }

    [Fact]
    public async Task A_used_up_day_is_looked_at_again_every_quarter_hour()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite", "--Ghl:DailyLimit=1");
        Assert.True((await DrawAsync(host, DrawFor.Reply)).Granted);
        host.Clock.Move(TimeSpan.FromMinutes(1));
        Assert.InRange((await DrawAsync(host, DrawFor.Reply)).Wait, TimeSpan.FromMinutes(13), TimeSpan.FromMinutes(14));

        host.Clock.Move(TimeSpan.FromMinutes(14.5));
        Assert.True((await DrawAsync(host, DrawFor.Reply)).Granted);
        Assert.False((await DrawAsync(host, DrawFor.Reply)).Granted);
    }

    private static Task<RateDraw> DrawAsync(DeliveryHost host, DrawFor who) => host.Get<RateBudget>().DrawAsync("loc1", who, TestContext.Current.CancellationToken);

    private static Task ObserveAsync(DeliveryHost host, RateDraw draw, RateHeaders seen) =>
        host.Get<RateBudget>().ObserveAsync("loc1", draw, seen, TestContext.Current.CancellationToken);
}
