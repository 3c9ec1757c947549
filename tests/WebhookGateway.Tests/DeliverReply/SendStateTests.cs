using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.WebhookGateway.DeliverReply;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.DeliverReply;

/// <summary>One test a row of the outcome table; the oracle is what the fake GHL received.</summary>
public sealed class SendStateTests
{
    private const string Send = FakeGhl.Send;

    [Theory, BothStores]
    public async Task Sends_a_reply_once_and_tells_its_stages(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        var command = host.Reply();

        await host.SendAsync(command);
        await host.SendAsync(command);

        var post = Assert.Single(host.Ghl.Of(Send));
        Assert.Equal("Happy to help!", (string?)post.Json["message"]);
        Assert.Equal("Bearer pit-1", post.Headers["Authorization"]);
        Assert.Equal("sent", await host.StateAsync());
        // The second command may be answered first: it tells the end again, without the id.
        var settled = await host.HeardAsync<ReplySettled>(told => told.GhlMessageId is not null);
        Assert.Equal((ReplyState.Sent, null, "msg1"), (settled.State, settled.Reason, settled.GhlMessageId));
        Assert.Equal(["answered", "claimed", "posted"], settled.StageMs.Keys.Order());
        Assert.True(settled.StageMs["claimed"] <= settled.StageMs["posted"] && settled.StageMs["posted"] <= settled.StageMs["answered"]);
    }

    [Theory]
    [InlineData(400, "Missing phone number", ReplyState.Failed, "no_phone")]
    [InlineData(400, "Contact not found for id:c1", ReplyState.Failed, "contact_missing")]
    [InlineData(404, "Not found", ReplyState.Failed, "not_found")]
    [InlineData(422, "type must be a valid enum value", ReplyState.Failed, "invalid_request")]
    [InlineData(403, "The token does not have access to this location.", ReplyState.Held, "forbidden")]
    [InlineData(400, "Cannot send message as DND is active for SMS.", ReplyState.Suppressed, "dnd")]
    [InlineData(400, "Cannot send email as jane has unsubscribed", ReplyState.Suppressed, "dnd")]
    public async Task A_refusal_ends_the_reply_and_is_not_repeated(int status, string message, ReplyState state, string reason)
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(Send, Answer.Error(status, message));

        await host.SendAsync(host.Reply());
        host.Clock.Move(TimeSpan.FromHours(1));
        await host.SweepAsync();

        Assert.Single(host.Ghl.Of(Send));
        var settled = await host.SettledAsync();
        Assert.Equal((state, reason), (settled.State, settled.Reason));
    }

    [Theory, BothStores]
    public async Task A_refusal_for_dnd_marks_the_mirror(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        host.Ghl.Next(Send, Answer.Error(400, "Cannot send message as DND is active for SMS."));

        await host.SendAsync(host.Reply());
        await host.SendAsync(host.Reply("turn2", epoch: 2));

        Assert.Single(host.Ghl.Of(Send));
        Assert.Equal("suppressed/dnd", await host.StateAsync("turn2"));
        var changed = await host.HeardAsync<Contracts.Contacts.ContactChanged>(one => one.Change == "dnd");
        Assert.Equal(["SMS"], changed.Contact!.DndChannels);
    }

    [Theory, BothStores]
    public async Task A_429_waits_as_long_as_the_headers_say_and_blocks_the_location(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        host.Ghl.Next(Send, Answer.Error(429, "Too many requests") with { Headers = new Dictionary<string, string> { ["X-RateLimit-Interval-Milliseconds"] = "7000" } });

        await host.SendAsync(host.Reply());

        Assert.Equal("planned/rate_limited", await host.StateAsync());
        Assert.InRange(await host.ValueAsync<long>("SELECT due_at - send_started_at FROM outbound_message"), 7000, 60_000);
        Assert.InRange(await host.ValueAsync<long>("SELECT blocked_until - send_started_at FROM rate_budget, outbound_message"), 7000, 60_000);
        Assert.Equal(0, await host.ValueAsync<long>("SELECT blind_posts FROM outbound_message"));
    }

    [Fact]
    public async Task A_reply_goes_out_when_the_limit_is_over()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(Send, Answer.Error(429, "Too many requests"));
        await host.SendAsync(host.Reply());
        await host.SweepAsync();
        Assert.Single(host.Ghl.Of(Send));

        host.Clock.Move(TimeSpan.FromSeconds(11));
        await host.SweepAsync();

        Assert.Equal("sent", await host.StateAsync());
        Assert.Single(host.Ghl.State.Messages);
    }

    [Fact]
    public async Task A_connection_that_was_refused_is_a_definite_no_and_tried_again_later()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite", "--Ghl:BaseUrl=http://127.0.0.1:9");
        await FreshMirrorAsync(host);

        await host.SendAsync(host.Reply());

        Assert.Equal("planned/unreachable", await host.StateAsync());
        Assert.Equal(0, await host.ValueAsync<long>("SELECT blind_posts FROM outbound_message"));
        Assert.InRange(await host.ValueAsync<long>("SELECT due_at - send_started_at FROM outbound_message"), 5000, 60_000);
    }

    public static TheoryData<string, string> Unknowns => new()
    {
        { "done", "500" }, { "done", "garbage" }, { "done", "cut" }, { "done", "silent" },
        { "not done", "500" }, { "not done", "cut" }, { "not done", "silent" },
    };

    [Theory, MemberData(nameof(Unknowns))]
    public async Task An_unknown_outcome_is_never_posted_again_blindly(string done, string how)
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        Script(host.Ghl, done == "done", how);

        await host.SendAsync(host.Reply());
        await host.SweepAsync();
        host.Clock.Move(TimeSpan.FromSeconds(15));
        await host.SweepAsync();
        await host.ReconcileAsync();

        Assert.Single(host.Ghl.Of(Send));
        Assert.StartsWith("unknown", await host.StateAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await host.ValueAsync<long>("SELECT blind_posts FROM outbound_message"));
    }

    [Fact]
    public async Task A_kept_connection_that_is_cut_does_not_make_the_framework_post_twice()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        await host.SendAsync(host.Reply());
        host.Ghl.NextCut(Send, done: true);

        await host.SendAsync(host.Reply("turn2", epoch: 2));

        Assert.Equal(2, host.Ghl.Of(Send).Count);
        Assert.StartsWith("unknown", await host.StateAsync("turn2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_that_is_too_old_is_left_and_nothing_is_written()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        var command = host.Reply();
        var claim = Assert.IsType<Claim.Won>(await host.Get<ReplyClaim>().TryAsync(
            DueReply.Of(command), command, host.Locations.All[TestLocations.Id], null, mayAsk: true, TestContext.Current.CancellationToken));

        var frozen = claim with { At = claim.At - (6 * host.Clock.TimestampFrequency) };
        await host.Get<ReplyPost>().SendAsync(frozen, "pit-1");

        Assert.Empty(host.Ghl.Of(Send));
        Assert.Equal("sending", await host.StateAsync());
    }

    [Fact]
    public async Task A_sender_that_stood_still_still_reports_what_it_sent()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(Send, async (_, usual) =>
        {
            // While the POST is under way the reconciler gives up waiting for it.
            await host.ExecuteAsync("UPDATE outbound_message SET state = 'planned', reason = 'resend', due_at = 0");
            return usual();
        });

        await host.SendAsync(host.Reply());
        await host.SweepAsync();

        Assert.Single(host.Ghl.State.Messages);
        Assert.Equal("sent", await host.StateAsync());
    }

    [Theory, BothStores]
    public async Task A_third_blind_post_is_never_claimed(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        await host.SendAsync(host.Reply(text: "one"));
        await host.ExecuteAsync("UPDATE outbound_message SET state = 'planned', due_at = 0, blind_posts = 2");

        await host.SweepAsync();

        Assert.Single(host.Ghl.Of(Send));
        Assert.Equal("held/unconfirmed", await host.StateAsync());
    }

    [Theory]
    [InlineData("SMS", 1601, "too_long")]
    [InlineData("SMS", 0, "empty")]
    [InlineData("Pigeon", 5, "unknown_channel")]
    public async Task What_can_never_be_sent_fails_without_a_post(string channel, int length, string reason)
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();

        await host.SendAsync(host.Reply(text: new string('a', length), channel: channel));

        Assert.Empty(host.Ghl.Of(Send));
        Assert.Equal($"failed/{reason}", await host.StateAsync());
    }

    [Theory, BothStores]
    public async Task An_email_answers_in_its_thread(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        var seq = await host.AcceptAsync("""{"subject":"Roof quote","threadId":"H9","body":"<p>hi</p>"}""");

        await host.SendAsync(host.Reply(text: "Hi <Jane>\n\nsure & soon", channel: "Email", seq: seq));

        var post = Assert.Single(host.Ghl.Of(Send)).Json;
        Assert.Equal(("Re: Roof quote", "H9"), ((string?)post["subject"], (string?)post["threadId"]));
        Assert.Equal("<p>Hi &lt;Jane&gt;</p><p>sure &amp; soon</p>", (string?)post["html"]);
    }

    internal static void Script(FakeGhl ghl, bool done, string how)
    {
        var failed = Answer.Error(500, "Internal error");
        switch (how)
        {
            case "500" when done: ghl.NextButDone(Send, failed); break;
            case "500": ghl.Next(Send, failed); break;
            case "garbage": ghl.NextButDone(Send, Answer.Garbage); break;
            case "cut": ghl.NextCut(Send, done); break;
            default: ghl.NextSilent(Send, done); break;
        }
    }

    /// <summary>A fresh mirror without asking GHL.</summary>
    internal static Task<int> FreshMirrorAsync(DeliveryHost host) => host.ExecuteAsync(
        "INSERT INTO contact_mirror (location_id, contact_id, snapshot, as_of, updated_at) VALUES ('loc1', 'c1', @snapshot, now_ms(), now_ms())",
        new { snapshot = """{"locationId":"loc1","contactId":"c1","known":true}""" });
}
