using EnterpriseHub.WebhookGateway.Storage;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.Reconcile;

/// <summary>When the conversation of an unknown send is read, and what each read may decide.</summary>
public sealed class ReadingTests
{
    private const string Send = FakeGhl.Send;
    private const string List = "GET /conversations/conv1/messages";
    private const string Search = "GET /conversations/search";
    private const string NextRead = "SELECT due_at - blocked_since FROM outbound_message WHERE turn_id = 'turn1'";
    private const string Reads = "SELECT reads FROM outbound_message WHERE turn_id = 'turn1'";

    [Fact]
    public async Task Comes_20_60_and_180_seconds_after_the_outcome_was_lost()
    {
        await using var host = await UnknownAsync();
        Assert.InRange(await host.ValueAsync<long>(NextRead), 20_000, 20_500);

        await ReadAsync(host, 21);
        Assert.InRange(await host.ValueAsync<long>(NextRead), 60_000, 75_000);
        await ReadAsync(host, 50);
        Assert.InRange(await host.ValueAsync<long>(NextRead), 180_000, 195_000);
        Assert.Equal(2, await host.ValueAsync<long>(Reads));
        await ReadAsync(host, 130);

        Assert.Equal("planned/resend", await host.StateAsync());
        Assert.Equal(3, host.Ghl.Of(List).Count);
        Assert.Empty(host.Ghl.Of(Search));
        Assert.Single(host.Ghl.Of(Send));
    }

    [Fact]
    public async Task A_read_that_fails_does_not_count_and_is_repeated_after_as_long_again()
    {
        await using var host = await UnknownAsync();
        host.Ghl.Next(List, Answer.Error(500, "down"));

        await ReadAsync(host, 21);

        Assert.Equal(0, await host.ValueAsync<long>(Reads));
        Assert.InRange(await host.ValueAsync<long>(NextRead), 42_000, 60_000);
    }

    [Fact]
    public async Task A_conversation_that_cannot_be_read_for_a_day_is_a_persons()
    {
        await using var host = await UnknownAsync();
        host.Ghl.Next(List, Answer.Error(500, "down"));
        host.Ghl.Next(List, Answer.Error(500, "down"));

        await ReadAsync(host, 23 * 3600);
        Assert.Equal("unknown/server_error", await host.StateAsync());
        await ReadAsync(host, 2 * 3600);

        Assert.Equal("held/unconfirmed", await host.StateAsync());
        Assert.Single(host.Ghl.Of(Send));
    }

    [Theory]
    [InlineData("SMS", "I call you now.", "u1")]
    [InlineData("Email", null, null)]
    public async Task A_persons_message_or_an_unreadable_one_decides_nothing_before_the_last_read(string channel, string? body, string? user)
    {
        await using var host = await UnknownAsync(channel: channel);
        host.Ghl.State.Messages.Enqueue(new("other", "c1", body, host.Clock.GetUtcNow().AddSeconds(5), UserId: user));

        await ReadAsync(host, 21);
        await ReadAsync(host, 50);
        Assert.Equal("unknown/server_error", await host.StateAsync());
        Assert.Equal(2, await host.ValueAsync<long>(Reads));
        host.Ghl.State.Messages.Enqueue(new("late", "c1", "Happy to help!", host.Clock.GetUtcNow()));
        await ReadAsync(host, 130);

        Assert.Equal("sent", await host.StateAsync());
        Assert.Equal("late", (await host.SettledAsync()).GhlMessageId);
    }

    [Fact]
    public async Task A_report_that_belongs_to_another_reply_is_no_proof_and_the_list_is_read()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        await host.SendAsync(host.Reply("turn0", epoch: 0));
        await ObservedAsync(host, "msg1");
        host.Ghl.Next(Send, Answer.Error(500, "down"));
        await host.SendAsync(host.Reply());

        await ReadAsync(host, 21);

        Assert.Equal("unknown/server_error", await host.StateAsync());
        Assert.Single(host.Ghl.Of(List));
        Assert.Equal(1, await host.ValueAsync<long>(Reads));
    }

    [Fact]
    public async Task Of_several_reports_the_first_that_is_free_counts()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        await host.SendAsync(host.Reply("turn0", epoch: 0));
        host.Ghl.Next(Send, Answer.Error(500, "down"));
        await host.SendAsync(host.Reply());
        await ObservedAsync(host, "msg1");
        await ObservedAsync(host, "free");

        await ReadAsync(host, 21);

        Assert.Equal("sent", await host.StateAsync());
        Assert.Equal("free", (await host.SettledAsync()).GhlMessageId);
        Assert.Empty(host.Ghl.Of(List));
    }

    [Theory]
    [InlineData(Search)]
    [InlineData(List)]
    public async Task Without_the_conversations_name_both_the_search_and_the_list_must_answer(string broken)
    {
        await using var host = await UnknownAsync("contact:c1");
        host.Ghl.Next(broken, Answer.Error(500, "down"));

        await ReadAsync(host, 21);
        Assert.Equal(0, await host.ValueAsync<long>(Reads));
        Assert.InRange(await host.ValueAsync<long>(NextRead), 42_000, 60_000);
        await ReadAsync(host, 60);

        Assert.Equal(1, await host.ValueAsync<long>(Reads));
        Assert.Equal("c1", host.Ghl.Of(Search)[^1].Query["contactId"]);
    }

    [Fact]
    public async Task Conversations_of_other_contacts_that_a_search_brings_are_not_read()
    {
        await using var host = await UnknownAsync("contact:c1");
        host.Ghl.Next(Search, new Answer(200, new { conversations = new[] { new { id = "theirs", contactId = "c2", locationId = "loc1" } }, total = 1 }));

        await ReadAsync(host, 21);

        Assert.Empty(host.Ghl.Of("GET /conversations/theirs/messages"));
        Assert.Equal(1, await host.ValueAsync<long>(Reads));
    }

    private static async Task<DeliveryHost> UnknownAsync(string conversation = "conv1", string channel = "SMS")
    {
        var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(Send, Answer.Error(500, "down"));
        await host.SendAsync(host.Reply(channel: channel) with { ConversationId = conversation });
        return host;
    }

    private static Task ReadAsync(DeliveryHost host, int seconds)
    {
        host.Clock.Move(TimeSpan.FromSeconds(seconds));
        return host.ReconcileAsync();
    }

    private static Task<int> ObservedAsync(DeliveryHost host, string message) => host.ExecuteAsync(
        """
        INSERT INTO observed_outbound (location_id, conversation_id, contact_id, message_id, body, body_hash, at)
        VALUES ('loc1', 'conv1', 'c1', @message, 'Happy to help!', @hash, now_ms())
        """,
        new { message, hash = BodyHash.Of("Happy to help!") });
}
