using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.DeliverReply;

/// <summary>The gate with the real tables: what is read, locked and settled.</summary>
public sealed class GateAtClaimTests
{
    private const string Send = FakeGhl.Send;

    [Theory, BothStores]
    public async Task Nothing_goes_out_after_a_stop(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        await host.ExecuteAsync("UPDATE contact_mirror SET opted_out_at = now_ms()");

        await host.SendAsync(host.Reply());

        Assert.Empty(host.Ghl.Of(Send));
        Assert.Equal((ReplyState.Suppressed, "opt_out"), ((await host.SettledAsync()).State, (await host.SettledAsync()).Reason));
    }

    [Theory, BothStores]
    public async Task A_stop_and_a_claim_see_each_other(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        var replies = Enumerable.Range(1, 20).Select(turn => host.Reply("turn" + turn, epoch: turn)).ToList();
        var sends = replies.Select(host.SendAsync).ToList();

        await host.ExecuteAsync("UPDATE contact_mirror SET opted_out_at = now_ms()");
        var claimedBefore = await host.ValueAsync<long>("SELECT COUNT(*) FROM outbound_message WHERE send_started_at > 0");
        await Task.WhenAll(sends);

        Assert.Equal(claimedBefore, await host.ValueAsync<long>("SELECT COUNT(*) FROM outbound_message WHERE send_started_at > 0"));
        Assert.True(host.Ghl.Of(Send).Count <= claimedBefore);
    }

    [Theory, BothStores]
    public async Task A_newer_message_supersedes_the_reply(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        var seq = await host.AcceptAsync();
        await host.AcceptAsync();

        await host.SendAsync(host.Reply(seq: seq));

        Assert.Empty(host.Ghl.Of(Send));
        Assert.Equal("superseded/newer_message", await host.StateAsync());
    }

    [Fact]
    public async Task A_newer_message_that_a_turn_answered_in_no_time_still_supersedes_the_reply()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        var seq = await host.AcceptAsync();
        await host.AcceptAsync();
        await host.ExecuteAsync("UPDATE inbound_event SET awaits_turn = 1, settled_at = accepted_at + 1 WHERE seq > 1");

        await host.SendAsync(host.Reply(seq: seq));

        Assert.Equal("superseded/newer_message", await host.StateAsync());
    }

    [Theory]
    [InlineData("UPDATE inbound_event SET settled_at = accepted_at WHERE seq > 1")]
    [InlineData("UPDATE inbound_event SET status = 'ignored' WHERE seq > 1")]
    [InlineData("UPDATE inbound_event SET conversation_id = 'other' WHERE seq > 1")]
    public async Task What_no_turn_will_answer_supersedes_nothing(string unlike)
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        var seq = await host.AcceptAsync();
        await host.AcceptAsync();
        await host.ExecuteAsync(unlike);

        await host.SendAsync(host.Reply(seq: seq));

        Assert.Equal("sent", await host.StateAsync());
    }

    [Theory, BothStores]
    public async Task Asks_GHL_when_the_mirror_is_stale_and_sends_on_fresh_facts(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        host.Ghl.State.AddContact("c1");

        await host.SendAsync(host.Reply());

        Assert.Single(host.Ghl.Of("GET /contacts/c1"));
        Assert.Equal("sent", await host.StateAsync());
    }

    [Fact]
    public async Task An_off_tag_that_only_GHL_knows_yet_keeps_the_reply_back()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Clock.Move(TimeSpan.FromSeconds(61));
        host.Ghl.State.AddContact("c1", ("tags", new List<string> { "ai-off" }));

        await host.SendAsync(host.Reply());

        Assert.Empty(host.Ghl.Of(Send));
        Assert.Equal("suppressed/bot_off", await host.StateAsync());
    }

    [Fact]
    public async Task Sends_nothing_while_GHL_cannot_say_who_the_contact_is_and_asks_a_person_after_a_quarter_hour()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        for (var minute = 0; minute < 30; minute++)
        {
            host.Ghl.Next("GET /contacts/c1", Answer.Error(500, "down"));
        }

        await host.SendAsync(host.Reply());
        Assert.Equal("planned/contact_unknown", await host.StateAsync());
        for (var minute = 0; minute < 16; minute++)
        {
            host.Clock.Move(TimeSpan.FromMinutes(1));
            await host.SweepAsync();
        }

        Assert.Empty(host.Ghl.Of(Send));
        Assert.Equal("held/contact_unknown", await host.StateAsync());
        Assert.Equal(ReplyState.Held, (await host.SettledAsync()).State);
    }

    [Fact]
    public async Task Waits_out_the_quiet_hours_and_then_sends()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        var local = TimeOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);
        host.Locations.Change(location => location with
        {
            QuietHours = new(local.AddHours(-1), local.AddHours(2)),
            Profile = location.Profile with { TimeZone = "UTC" },
        });
        await host.KnowAsync();

        await host.SendAsync(host.Reply());
        Assert.Equal("planned/quiet_hours", await host.StateAsync());
        host.Clock.Move(TimeSpan.FromMinutes(121));
        await host.SweepAsync();

        Assert.Equal("sent", await host.StateAsync());
    }

    [Theory, BothStores]
    public async Task Replies_of_a_conversation_go_out_in_order(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        host.Ghl.Next(Send, Answer.Error(429, "slow down"));
        await host.SendAsync(host.Reply("turn1", "first", epoch: 1));
        await host.ExecuteAsync("UPDATE rate_budget SET blocked_until = 0");

        await host.SendAsync(host.Reply("turn2", "second", epoch: 2));
        Assert.Equal("planned/earlier_reply", await host.StateAsync("turn2"));
        await host.ExecuteAsync("UPDATE outbound_message SET due_at = 0 WHERE turn_id = 'turn1'");
        await host.SweepAsync();
        await host.ExecuteAsync("UPDATE outbound_message SET due_at = 0 WHERE state = 'planned'");
        await host.SweepAsync();

        Assert.Equal(["first", "second"], host.Ghl.State.Messages.Select(one => one.Body));
    }

    [Theory, BothStores]
    public async Task A_text_that_no_turn_has_taken_is_announced_again_and_then_answered_together_with_the_newer_one(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        await host.AcceptAsync("""{"type":"InboundMessage","locationId":"loc1","contactId":"c1","conversationId":"conv1","body":"first","messageType":"SMS","messageId":"m1"}""");
        var seq = await host.AcceptAsync();

        await host.SendAsync(host.Reply(seq: seq));
        Assert.Equal("planned/earlier_text", await host.StateAsync());
        Assert.Equal(0, await host.ValueAsync<long>("SELECT blocked_since FROM outbound_message"));
        await host.HeardAsync<InboundMessageAccepted>(again => again.Text == "first");
        await host.ExecuteAsync("UPDATE outbound_message SET due_at = 0");
        await host.SweepAsync();

        Assert.Equal("superseded/earlier_text", await host.StateAsync());
        Assert.Empty(host.Ghl.Of(Send));
    }

    [Theory, BothStores]
    public async Task The_texts_that_a_reply_answers_are_settled_with_it_and_hold_up_no_later_one(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        await host.AcceptAsync();
        var first = await host.ValueAsync<string>("SELECT event_id FROM inbound_event");
        var seq = await host.AcceptAsync();

        await host.SendAsync(host.Reply(seq: seq) with { Answers = [first!] });

        Assert.Equal("sent", await host.StateAsync());
        Assert.Equal(1, await host.ValueAsync<long>("SELECT COUNT(*) FROM inbound_event WHERE settled_at = 0"));
    }

    [Theory, BothStores]
    public async Task A_command_that_comes_again_after_the_end_tells_the_end_again(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        await host.SendAsync(host.Reply());
        await host.HeardAsync<ReplySettled>(told => told is { TurnId: "turn1", GhlMessageId: not null });

        await host.SendAsync(host.Reply());

        await host.HeardAsync<ReplySettled>(told => told is { TurnId: "turn1", State: ReplyState.Sent, GhlMessageId: null });
        Assert.Single(host.Ghl.Of(Send));
    }

    [Theory, BothStores]
    public async Task A_reply_never_follows_a_later_one(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        await host.SendAsync(host.Reply("turn2", "second", epoch: 2));

        await host.SendAsync(host.Reply("turn1", "first", epoch: 1));

        Assert.Equal("superseded/out_of_order", await host.StateAsync("turn1"));
    }

    [Theory, BothStores]
    public async Task A_stale_earlier_reply_does_not_hold_up_the_one_that_answers_both(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        var first = await host.AcceptAsync();
        host.Ghl.Next(Send, Answer.Error(429, "slow down"));
        var answered = await host.ValueAsync<string>("SELECT event_id FROM inbound_event");
        await host.SendAsync(host.Reply("turn1", "first", epoch: 1, seq: first) with { Answers = [answered!] });
        await host.ExecuteAsync("UPDATE rate_budget SET blocked_until = 0");
        var second = await host.AcceptAsync();

        await host.SendAsync(host.Reply("turn2", "both", epoch: 2, seq: second));

        Assert.Equal("superseded/newer_message", await host.StateAsync("turn1"));
        Assert.Equal(["both"], host.Ghl.State.Messages.Select(one => one.Body));
        Assert.Equal(ReplyState.Superseded, (await host.SettledAsync("turn1")).State);
    }

    [Theory, BothStores]
    public async Task Many_who_try_at_once_post_once(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        var command = host.Reply();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(which => which % 2 == 0 ? host.SendAsync(command) : host.SweepAsync()));

        Assert.Single(host.Ghl.Of(Send));
        Assert.Equal("sent", await host.StateAsync());
    }

    [Fact]
    public async Task Two_instances_post_once_and_share_the_budget()
    {
        Assert.SkipWhen(TestStore.Server is null, "HUB_TEST_POSTGRES is not set.");
        await using var one = await DeliveryHost.StartAsync("Postgres", "--Ghl:RateLimit=30", "--Ghl:RateWindow=01:00:00");
        await using var two = await one.StartSecondAsync();
        await one.KnowAsync();
        var replies = Enumerable.Range(0, 40).Select(turn => one.Reply("turn" + turn) with { ConversationId = "conv" + turn }).ToList();

        await Task.WhenAll(replies.SelectMany(reply => new[] { one.SendAsync(reply), two.SendAsync(reply) }));

        var posts = one.Ghl.Of(Send);
        Assert.Equal(29, posts.Count);
        Assert.Equal(29, await one.ValueAsync<long>("SELECT COUNT(*) FROM outbound_message WHERE state = 'sent'"));
        Assert.Equal(11, await one.ValueAsync<long>("SELECT COUNT(*) FROM outbound_message WHERE state = 'planned' AND reason = 'rate_limited'"));
    }

    [Fact]
    public async Task A_command_on_the_bus_is_sent()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite", "--Delivery:SweepInterval=00:00:00.05");
        await host.KnowAsync();

        await host.Get<MassTransit.IBus>().Publish(host.Reply(), TestContext.Current.CancellationToken);

        Assert.Equal(ReplyState.Sent, (await host.SettledAsync()).State);
    }
}
