using EnterpriseHub.Contracts.Operations;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.OAuth;

public sealed class TokensTests
{
    private const string Token = "POST /oauth/token";
    private static readonly string[] App = ["--Ghl:ClientId=app1-xyz", "--Ghl:ClientSecret=shh", "--Ghl:RedirectUrl=https://hub.example/oauth/callback"];

    [Theory, BothStores]
    public async Task Uses_a_stored_pair_and_keeps_it_sealed(string store)
    {
        await using var host = await StartAsync(store, TimeSpan.FromHours(20));

        Assert.Equal("access-0", (await AccessAsync(host)).Value);

        Assert.Empty(host.Ghl.Seen);
        var bytes = await host.ValueAsync<byte[]>("SELECT access_token_enc FROM oauth_token");
        Assert.DoesNotContain("access-0", System.Text.Encoding.Latin1.GetString(bytes!), StringComparison.Ordinal);
    }

    [Theory, BothStores]
    public async Task Renews_a_pair_that_ends_soon_once_for_all_who_ask(string store)
    {
        await using var host = await StartAsync(store, TimeSpan.FromMinutes(4));
        host.Ghl.Next(Token, async (_, usual) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
            return usual();
        });

        // Ten tables and renewals stand for ten processes: they share nothing but the store.
        var others = Enumerable.Range(0, 10).Select(_ => NewProcess(host)).ToList();
        var answers = await Task.WhenAll(others.Select(one => one.AccessAsync("loc1", TestContext.Current.CancellationToken).AsTask()));

        Assert.All(answers, one => Assert.Equal("access-1", one.Value));
        Assert.Equal(["refresh-0"], host.Ghl.State.Refreshes);
        var row = await host.Get<TokensTable>().FindAsync("loc1", TestContext.Current.CancellationToken);
        Assert.Equal("refresh-1", host.Get<TokensTable>().Refresh(row!));
    }

    [Theory, BothStores]
    public async Task A_refused_refresh_asks_for_a_new_consent_once_and_never_again(string store)
    {
        await using var host = await StartAsync(store, TimeSpan.FromMinutes(-1));
        for (var time = 0; time < 5; time++)
        {
            host.Ghl.Next(Token, Answer.Error(400, "Location is not active"));
        }

        for (var time = 0; time < 5; time++)
        {
            Assert.Equal("needs_reconnect", (await AccessAsync(host)).Reason);
        }

        Assert.Single(host.Ghl.Of(Token));
        await host.HeardAsync<LocationLifecycleChanged>(one => one is { LocationId: "loc1", Change: "needs_reconnect" });
        Assert.Single(host.Module.Heard.OfType<LocationLifecycleChanged>());
    }

    [Fact]
    public async Task A_lost_answer_to_a_refresh_is_asked_for_again()
    {
        await using var host = await StartAsync("Sqlite", TimeSpan.FromMinutes(-1));
        host.Ghl.NextCut(Token, done: false);

        Assert.Equal("token_unavailable", (await AccessAsync(host)).Reason);
        host.Clock.Move(TimeSpan.FromSeconds(3));

        Assert.Equal("access-1", (await AccessAsync(host)).Value);
        Assert.Equal(0, await host.ValueAsync<long>("SELECT needs_reconnect FROM oauth_token"));
    }

    [Fact]
    public async Task Our_own_wrong_secret_blames_no_location()
    {
        await using var host = await StartAsync("Sqlite", TimeSpan.FromMinutes(-1));
        host.Ghl.Next(Token, Answer.Error(401, "Invalid client"));

        Assert.Equal("token_unavailable", (await AccessAsync(host)).Reason);

        Assert.Equal(0, await host.ValueAsync<long>("SELECT needs_reconnect FROM oauth_token"));
    }

    [Fact]
    public async Task A_token_that_still_lives_is_used_while_the_refresh_fails()
    {
        await using var host = await StartAsync("Sqlite", TimeSpan.FromMinutes(3));
        host.Ghl.Next(Token, Answer.Error(500, "down"));

        Assert.Equal("access-0", (await AccessAsync(host)).Value);
    }

    [Theory, BothStores]
    public async Task A_401_renews_once_and_the_reply_goes_out(string store)
    {
        await using var host = await StartAsync(store, TimeSpan.FromHours(20));
        await host.KnowAsync();
        host.Ghl.Next(FakeGhl.Send, Answer.Error(401, "Invalid token: access token is invalid"));

        await host.SendAsync(host.Reply());

        Assert.Equal("sent", await host.StateAsync());
        Assert.Equal(["Bearer access-0", "Bearer access-1"], host.Ghl.Of(FakeGhl.Send).Select(one => one.Headers["Authorization"]));
        Assert.Equal(1, await host.ValueAsync<long>("SELECT blind_posts FROM outbound_message"));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task What_says_nothing_of_the_token_renews_none(int status)
    {
        await using var host = await StartAsync("Sqlite", TimeSpan.FromHours(20));
        await host.KnowAsync();
        host.Ghl.Next(FakeGhl.Send, Answer.Error(status, "no"));

        await host.SendAsync(host.Reply());

        Assert.Empty(host.Ghl.Of(Token));
        Assert.Single(host.Ghl.Of(FakeGhl.Send));
    }

    [Fact]
    public async Task A_reply_without_a_token_waits_and_is_not_posted()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        host.Locations.Token = null;
        await DeliverReply.SendStateTests.FreshMirrorAsync(host);

        await host.SendAsync(host.Reply());

        Assert.Empty(host.Ghl.Of(FakeGhl.Send));
        Assert.Equal("planned/no_token", await host.StateAsync());
    }

    [Fact]
    public async Task However_often_another_process_renews_a_reply_is_tried_with_one_newer_token_and_then_waits()
    {
        await using var host = await StartAsync("Sqlite", TimeSpan.FromHours(20));
        await host.KnowAsync();
        for (var time = 1; time <= 5; time++)
        {
            var token = $"theirs-{time}";
            host.Ghl.Next(FakeGhl.Send, async (_, _) =>
            {
                await StoreAsync(host, "loc1", null, token, "refresh-x", TimeSpan.FromHours(20));
                return Answer.Error(401, "Invalid token");
            });
        }

        await host.SendAsync(host.Reply());

        Assert.Equal(["Bearer access-0", "Bearer theirs-1"], host.Ghl.Of(FakeGhl.Send).Select(one => one.Headers["Authorization"]));
        Assert.Equal("planned/unauthorized", await host.StateAsync());
    }

    [Fact]
    public async Task A_second_401_needs_a_new_consent_and_no_refresh_loop_begins()
    {
        await using var host = await StartAsync("Sqlite", TimeSpan.FromHours(20));
        await host.KnowAsync();
        for (var time = 0; time < 10; time++)
        {
            host.Ghl.Next(FakeGhl.Send, Answer.Error(401, "Invalid token"));
        }

        await host.SendAsync(host.Reply());
        await host.SendAsync(host.Reply());
        await host.SendAsync(host.Reply());

        Assert.True(host.Ghl.State.Refreshes.Count <= 1);
        Assert.Equal(1, await host.ValueAsync<long>("SELECT needs_reconnect FROM oauth_token"));
        Assert.StartsWith("planned", await host.StateAsync(), StringComparison.Ordinal);
        await host.HeardAsync<LocationLifecycleChanged>(one => one.Change == "needs_reconnect");
    }

    [Fact]
    public async Task A_refused_static_token_ends_with_a_person()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        for (var time = 0; time < 60; time++)
        {
            host.Ghl.Next(FakeGhl.Send, Answer.Error(401, "Invalid token"));
        }
        await host.KnowAsync();
        await host.SendAsync(host.Reply());

        for (var minute = 0; minute < 17; minute++)
        {
            host.Clock.Move(TimeSpan.FromMinutes(1));
            await host.SweepAsync();
        }

        Assert.Equal("held/needs_reconnect", await host.StateAsync());
        Assert.Empty(host.Ghl.State.Messages);
    }

    [Fact]
    public async Task A_reply_of_a_location_that_is_off_renews_no_token()
    {
        await using var host = await StartAsync("Sqlite", TimeSpan.FromMinutes(-1));
        await DeliverReply.SendStateTests.FreshMirrorAsync(host);
        host.Locations.Change(location => location with { Active = false });

        await host.SendAsync(host.Reply());

        Assert.Equal("suppressed/location_inactive", await host.StateAsync());
        Assert.Empty(host.Ghl.Seen);
    }

    [Theory, BothStores]
    public async Task A_location_of_an_agency_is_renewed_with_the_agencys_token(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store, App);
        host.Locations.Token = null;
        await StoreAsync(host, "company:co1", "co1", "agency-0", "agency-refresh", TimeSpan.FromMinutes(-1));
        await StoreAsync(host, "loc1", "co1", "old", null, TimeSpan.FromMinutes(-1));

        Assert.Equal("made-for-loc1", (await AccessAsync(host)).Value);

        Assert.Equal("Bearer access-1", Assert.Single(host.Ghl.Of("POST /oauth/locationToken")).Headers["Authorization"]);
        Assert.Equal("Company", host.Ghl.Of(Token).Single().Form["user_type"]);
    }

    private static Tokens NewProcess(DeliveryHost host)
    {
        var table = new TokensTable(host.Database, host.Get<SecretBox>(), host.Clock);
        return new(host.Locations, table, new TokensRenewal(table, host.Get<GhlClient>(), host.Get<Microsoft.Extensions.Options.IOptions<GhlOptions>>(), host.Clock), host.Clock);
    }

    private static ValueTask<TokensAnswer> AccessAsync(DeliveryHost host) => NewProcess(host).AccessAsync("loc1", TestContext.Current.CancellationToken);

    private static async Task<DeliveryHost> StartAsync(string store, TimeSpan left)
    {
        var host = await DeliveryHost.StartAsync(store, App);
        host.Locations.Token = null;
        await StoreAsync(host, "loc1", null, "access-0", "refresh-0", left);
        return host;
    }

    private static async Task StoreAsync(DeliveryHost host, string id, string? company, string access, string? refresh, TimeSpan left)
    {
        await host.Database.WriteAsync(
            async unit =>
            {
                await host.Get<TokensTable>().StoreAsync(unit, id, company, new() { AccessToken = access, RefreshToken = refresh, Lifetime = TimeSpan.FromDays(1) });
                return true;
            },
            TestContext.Current.CancellationToken);
        await host.ExecuteAsync("UPDATE oauth_token SET expires_at = now_ms() + @left WHERE location_id = @id", new { id, left = (long)left.TotalMilliseconds });
    }
}
