using EnterpriseHub.WebhookGateway.ReconcileDeliveries;
using EnterpriseHub.WebhookGateway.Storage;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.Reconcile;

/// <summary>GHL reports a message while its send is unknown.</summary>
public sealed class ReportedSendTests
{
    private const string Text = "Happy to help!";

    [Theory, BothStores]
    public async Task Each_report_settles_the_oldest_send_that_is_still_unknown(string store)
    {
        await using var host = await UnknownAsync(store);

        await ReportAsync(host, message: "m1");
        await ReportAsync(host, message: "m1");
        Assert.Equal(("sent", "unknown/server_error"), (await host.StateAsync("turn1"), await host.StateAsync("turn2")));
        await ReportAsync(host, message: "m2");

        Assert.Equal("m1", (await host.SettledAsync("turn1")).GhlMessageId);
        Assert.Equal("m2", (await host.SettledAsync("turn2")).GhlMessageId);
    }

    [Theory]
    [InlineData("loc2", "c1", Text, 0)]
    [InlineData("loc1", "c2", Text, 0)]
    [InlineData("loc1", "c1", "Another text", 0)]
    [InlineData("loc1", "c1", Text, -130)]
    public async Task A_report_of_another_place_contact_text_or_time_settles_nothing(string location, string contact, string text, int seconds)
    {
        await using var host = await UnknownAsync("Sqlite");

        await ReportAsync(host, location, contact, text, seconds);

        Assert.Equal(2, await host.ValueAsync<long>("SELECT COUNT(*) FROM outbound_message WHERE state = 'unknown'"));
    }

    [Fact]
    public async Task GHLs_clock_may_be_behind_by_almost_two_minutes()
    {
        await using var host = await UnknownAsync("Sqlite");

        await ReportAsync(host, seconds: -100);

        Assert.Equal("sent", await host.StateAsync());
    }

    private static async Task<DeliveryHost> UnknownAsync(string store)
    {
        var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        host.Ghl.Next(FakeGhl.Send, Answer.Error(500, "down"));
        host.Ghl.Next(FakeGhl.Send, Answer.Error(500, "down"));
        await host.SendAsync(host.Reply("turn1", Text));
        await host.SendAsync(host.Reply("turn2", Text) with { ConversationId = "conv2" });
        await host.ExecuteAsync("UPDATE outbound_message SET send_started_at = (SELECT MIN(send_started_at) FROM outbound_message) + CASE turn_id WHEN 'turn1' THEN 0 ELSE 1 END");
        return host;
    }

    /// <summary>A report of a message that went out some seconds after the first send began.</summary>
    private static async Task ReportAsync(
        DeliveryHost host, string location = "loc1", string contact = "c1", string text = Text, int seconds = 0, string message = "m1")
    {
        var started = DateTimeOffset.FromUnixTimeMilliseconds(await host.ValueAsync<long>("SELECT MIN(send_started_at) FROM outbound_message"));
        await host.Database.WriteAsync(
            async unit =>
            {
                await ReportedSend.SettleAsync(unit, location, contact, message, BodyHash.Of(text), started.AddSeconds(seconds), host.Clock);
                return true;
            },
            TestContext.Current.CancellationToken);
    }
}
