using EnterpriseHub.WebhookGateway.Tests.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.DeliverReply;

/// <summary>A reply that takes earlier ones as said stands and falls with them.</summary>
public sealed class FollowedTurnsTests
{
    [Theory, BothStores]
    public async Task Waits_until_the_last_of_them_is_in_the_ledger(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        await host.SendAsync(host.Reply("turn1", "first", epoch: 1));

        await host.SendAsync(host.Reply("turn3", "third", epoch: 3) with { Follows = ["turn1", "turn2"] });
        Assert.Equal("planned/earlier_reply", await host.StateAsync("turn3"));
        await host.SendAsync(host.Reply("turn2", "second", epoch: 2));
        await host.ExecuteAsync("UPDATE outbound_message SET due_at = 0 WHERE state = 'planned'");
        await host.SweepAsync();

        Assert.Equal(["first", "second", "third"], host.Ghl.State.Messages.Select(one => one.Body));
    }

    [Theory, BothStores]
    public async Task Is_superseded_with_the_one_that_was(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        var first = await host.AcceptAsync();
        var second = await host.AcceptAsync();
        await host.SendAsync(host.Reply("turn1", "first", epoch: 1, seq: first));
        Assert.Equal("superseded/newer_message", await host.StateAsync("turn1"));

        await host.SendAsync(host.Reply("turn2", "second", epoch: 2, seq: second) with { Follows = ["turn1"] });

        Assert.Equal("superseded/earlier_superseded", await host.StateAsync("turn2"));
        Assert.Empty(host.Ghl.State.Messages);
    }
}
