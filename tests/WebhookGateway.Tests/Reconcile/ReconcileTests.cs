using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.WebhookGateway.Storage;
using EnterpriseHub.WebhookGateway.Tests.DeliverReply;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.Reconcile;

public sealed class ReconcileTests
{
    private const string Send = FakeGhl.Send;
    private const string List = "GET /conversations/conv1/messages";

    [Theory, MemberData(nameof(SendStateTests.Unknowns), MemberType = typeof(SendStateTests))]
    public async Task One_text_reaches_the_lead_whatever_became_of_the_answer(string done, string how)
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        SendStateTests.Script(host.Ghl, done == "done", how);
        await host.SendAsync(host.Reply());

        await PassAsync(host, 21, 60, 120, 1);

        Assert.Equal("sent", await host.StateAsync());
        Assert.Single(host.Ghl.State.Messages);
        Assert.Equal(done == "done" ? 1 : 2, host.Ghl.Of(Send).Count);
        Assert.Equal(host.Ghl.State.Messages.First().Id, (await host.SettledAsync()).GhlMessageId);
    }

    [Theory, BothStores]
    public async Task A_sender_that_died_is_reconciled(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        await host.SendAsync(host.Reply());
        // As a process leaves it that is killed between GHL's answer and the commit.
        await host.ExecuteAsync("UPDATE outbound_message SET state = 'sending', ghl_message_id = NULL, due_at = 0, send_started_at = send_started_at - 31000");

        await host.ReconcileAsync();
        Assert.Equal("unknown/no_outcome", await host.StateAsync());
        await host.ExecuteAsync("UPDATE outbound_message SET due_at = 0");
        await host.ReconcileAsync();
        await host.ReconcileAsync();

        Assert.Equal("sent", await host.StateAsync());
        Assert.Single(host.Ghl.Of(Send));
    }

    [Theory, BothStores]
    public async Task A_webhook_that_told_of_the_send_is_enough(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        host.Ghl.NextCut(Send, done: true);
        await host.SendAsync(host.Reply());
        await host.ExecuteAsync(
            """
            INSERT INTO observed_outbound (location_id, conversation_id, contact_id, message_id, body, body_hash, at)
            VALUES ('loc1', 'conv1', 'c1', 'seen1', 'Happy  to help!', @hash, now_ms())
            """,
            new { hash = BodyHash.Of("Happy  to help! ") });
        await host.ExecuteAsync("UPDATE outbound_message SET due_at = 0");

        await host.ReconcileAsync();

        Assert.Equal("sent", await host.StateAsync());
        Assert.Empty(host.Ghl.Of(List));
        Assert.Equal("seen1", (await host.SettledAsync()).GhlMessageId);
    }

    [Fact]
    public async Task A_webhook_that_was_faster_than_the_answer_decides_at_once()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(Send, async (context, usual) =>
        {
            usual();
            await host.ExecuteAsync(
                "INSERT INTO observed_outbound (location_id, conversation_id, contact_id, message_id, body, body_hash, at) VALUES ('loc1', 'conv1', 'c1', 'seen1', 'x', @hash, now_ms())",
                new { hash = BodyHash.Of("Happy to help!") });
            context.Abort();
            return null;
        });
        await host.SendAsync(host.Reply());

        await host.ReconcileAsync();

        Assert.Equal("sent", await host.StateAsync());
        Assert.Empty(host.Ghl.Of(List));
    }

    [Fact]
    public async Task A_read_that_fails_decides_nothing()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(Send, Answer.Error(500, "down"));
        await host.SendAsync(host.Reply());
        for (var read = 0; read < 20; read++)
        {
            host.Ghl.Next(List, Answer.Error(500, "down"));
        }

        await PassAsync(host, 21, 60, 120, 60, 60, 60);

        Assert.StartsWith("unknown", await host.StateAsync(), StringComparison.Ordinal);
        Assert.Single(host.Ghl.Of(Send));
    }

    [Fact]
    public async Task A_text_that_the_list_shows_late_is_found()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.NextCut(Send, done: true);
        await host.SendAsync(host.Reply());
        var nothing = new Answer(200, new { messages = new { messages = Array.Empty<object>() } });
        host.Ghl.Next(List, nothing);
        host.Ghl.Next(List, nothing);

        await PassAsync(host, 21, 40, 120);

        Assert.Equal("sent", await host.StateAsync());
        Assert.Single(host.Ghl.Of(Send));
    }

    [Fact]
    public async Task A_second_unknown_that_cannot_be_found_is_held()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(Send, Answer.Error(500, "down"));
        host.Ghl.Next(Send, Answer.Error(500, "down"));
        await host.SendAsync(host.Reply());

        await PassAsync(host, 21, 60, 120, 21, 60, 120, 300);

        Assert.Equal(2, host.Ghl.Of(Send).Count);
        Assert.Equal("held/unconfirmed", await host.StateAsync());
        Assert.Equal(ReplyState.Held, (await host.SettledAsync()).State);
    }

    [Fact]
    public async Task A_text_that_is_not_wanted_any_more_is_not_sent_again()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(Send, Answer.Error(500, "down"));
        await host.SendAsync(host.Reply());
        await host.AcceptAsync();

        await PassAsync(host, 21, 60, 120, 1);

        Assert.Single(host.Ghl.Of(Send));
        Assert.Equal("superseded/newer_message", await host.StateAsync());
    }

    [Fact]
    public async Task A_person_who_wrote_meanwhile_has_the_word()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(Send, Answer.Error(500, "down"));
        await host.SendAsync(host.Reply());
        host.Ghl.State.Messages.Enqueue(new("human1", "c1", "I call you now.", host.Clock.GetUtcNow().AddSeconds(5), UserId: "u1"));

        await PassAsync(host, 21, 60, 120, 1);

        Assert.Single(host.Ghl.Of(Send));
        Assert.Equal("suppressed/takeover", await host.StateAsync());
    }

    [Fact]
    public async Task The_same_text_by_a_person_counts_as_sent()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(Send, Answer.Error(500, "down"));
        await host.SendAsync(host.Reply());
        host.Ghl.State.Messages.Enqueue(new("human1", "c1", "<p>Happy to&nbsp;help!</p>", host.Clock.GetUtcNow(), UserId: "u1"));

        await PassAsync(host, 21);

        Assert.Equal("sent", await host.StateAsync());
        Assert.Single(host.Ghl.Of(Send));
    }

    [Theory, BothStores]
    public async Task A_message_that_another_reply_has_is_not_counted_twice(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        await host.SendAsync(host.Reply("turn1"));
        host.Ghl.Next(Send, Answer.Error(500, "down"));
        await host.SendAsync(host.Reply("turn2", epoch: 2));

        for (var pass = 0; pass < 5; pass++)
        {
            await host.ExecuteAsync("UPDATE outbound_message SET due_at = 0, blocked_since = blocked_since - 180000 WHERE turn_id = 'turn2'");
            await host.ReconcileAsync();
            await host.SweepAsync();
        }

        Assert.Equal("sent", await host.StateAsync("turn2"));
        Assert.Equal(2, host.Ghl.State.Messages.Count);
        Assert.Equal(3, host.Ghl.Of(Send).Count);
    }

    [Fact]
    public async Task A_conversation_that_GHL_did_not_name_is_searched_by_its_contact()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.NextCut(Send, done: true);
        await host.SendAsync(host.Reply() with { ConversationId = "contact:c1" });

        await PassAsync(host, 21);

        Assert.Equal("sent", await host.StateAsync());
    }

    [Fact]
    public async Task An_email_without_a_readable_text_is_held_rather_than_sent_twice()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(Send, Answer.Error(500, "down"));
        await host.SendAsync(host.Reply(channel: "Email"));
        host.Ghl.State.Messages.Enqueue(new("m", "c1", null, host.Clock.GetUtcNow()));

        await PassAsync(host, 21, 60, 120, 1);

        Assert.Single(host.Ghl.Of(Send));
        Assert.Equal("held/unconfirmed", await host.StateAsync());
    }

    private static async Task PassAsync(DeliveryHost host, params int[] seconds)
    {
        foreach (var step in seconds)
        {
            host.Clock.Move(TimeSpan.FromSeconds(step));
            await host.ReconcileAsync();
            await host.SweepAsync();
        }
    }
}
