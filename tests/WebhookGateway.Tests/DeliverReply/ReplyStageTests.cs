using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;
using MassTransit;

namespace EnterpriseHub.WebhookGateway.Tests.DeliverReply;

/// <summary>What the report of a reply says of its way; the command comes over the bus.</summary>
public sealed class ReplyStageTests
{
    [Theory, BothStores]
    public async Task A_reply_that_went_out_tells_when_it_was_commanded_claimed_posted_and_answered(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        var settled = await CommandAsync(host);

        Assert.Equal(ReplyState.Sent, settled.State);
        Assert.Equal(["answered", "claimed", "commanded", "posted"], settled.StageMs.Keys.Order());
        // The command says that its message was received 150 ms before it was made.
        Assert.True(settled.StageMs["commanded"] >= 150, $"{settled.StageMs["commanded"]}");
    }

    [Fact]
    public async Task A_reply_that_may_not_go_out_tells_no_more_than_its_command()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync("c1", "AI-Off");
        var settled = await CommandAsync(host);

        Assert.Equal((ReplyState.Suppressed, "bot_off"), (settled.State, settled.Reason));
        Assert.Equal(["commanded"], settled.StageMs.Keys);
    }

    [Fact]
    public async Task A_reply_that_a_sweep_sends_tells_of_its_last_try_and_not_of_a_command()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(FakeGhl.Send, Answer.Error(429, "Too many requests"));
        await host.SendAsync(host.Reply());
        host.Clock.Move(TimeSpan.FromSeconds(11));
        await host.SweepAsync();
        var settled = await host.SettledAsync();

        Assert.Equal(["answered", "claimed", "posted"], settled.StageMs.Keys.Order());
        Assert.True(settled.StageMs["claimed"] >= 11_000, $"{settled.StageMs["claimed"]}");
    }

    private static async Task<ReplySettled> CommandAsync(DeliveryHost host)
    {
        await host.Get<IBus>().Publish(host.Reply());
        return await host.SettledAsync();
    }
}
