using System.Text.Json.Nodes;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Contracts.Operations;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;
using EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

namespace EnterpriseHub.WebhookGateway.Tests.FindMissedMessages;

public abstract class PollTests(IntakeHost host)
{
    private const string Search = "GET /conversations/search";

    private FakeGhl Ghl => ((IPollHost)host).Ghl;

    [Theory]
    [InlineData("same id")]
    [InlineData("no id")]
    [InlineData("another id")]
    public async Task A_text_whose_webhook_never_came_is_accepted_once_however_late_the_webhook_is(string how)
    {
        var location = await host.ConnectedAsync();
        var message = Ghl.Wrote(location, "Is it still for sale?");

        await host.PollAsync(location);
        await host.PollAsync(location);

        var accepted = Assert.Single(await AcceptedAsync(location));
        Assert.Equal((message.Id, "Is it still for sale?", "SMS", message.At), (accepted.MessageId, accepted.Text, accepted.Channel, accepted.SentAt));
        Assert.False(accepted.IsLate);
        Assert.Equal("duplicate", await host.AcceptAsync(Webhook(message, how)));
        Assert.Single(await AcceptedAsync(location));
        var alert = Assert.Single(await host.PublishedAsync<AlertRaised>(alert => alert.LocationId == location));
        Assert.Equal(("missed_messages", 1), (alert.Kind, alert.Count));
    }

    [Theory]
    [InlineData("same id")]
    [InlineData("no id")]
    [InlineData("another id")]
    public async Task A_text_that_a_webhook_brought_is_not_found_again(string how)
    {
        var location = await host.ConnectedAsync();
        var message = Ghl.Wrote(location, "hello");
        Assert.Equal("accepted", await host.AcceptAsync(Webhook(message, how)));

        await host.PollAsync(location);

        Assert.Single(await AcceptedAsync(location));
        Assert.Empty(await host.PublishedAsync<AlertRaised>(alert => alert.LocationId == location));
    }

    [Theory]
    [InlineData("same id")]
    [InlineData("no id")]
    public async Task Poll_and_webhooks_at_the_same_moment_are_one_message(string how)
    {
        var location = await host.ConnectedAsync();
        for (var round = 0; round < 10; round++)
        {
            var messages = Enumerable.Range(0, 3).Select(number => Ghl.Wrote(location, $"text {round} {number}", 3 - (round * 0.01), $"c{number}")).ToList();
            var webhooks = messages.SelectMany(message => new[] { host.AcceptAsync(Webhook(message, how)), host.AcceptAsync(Webhook(message, how)) });
            await Task.WhenAll([host.PollAsync(location), .. webhooks]);
        }
        await host.PollAsync(location);

        Assert.Equal(30, (await AcceptedAsync(location)).Select(message => message.Text).Distinct().Count());
        Assert.Equal(30, (await AcceptedAsync(location)).Count);
    }

    [Fact]
    public async Task The_same_text_twice_is_two_messages()
    {
        var location = await host.ConnectedAsync();
        var first = Ghl.Wrote(location, "yes", 8);
        Ghl.Wrote(location, "yes", 3);
        await host.AcceptAsync(Webhook(first, "no id"));

        await host.PollAsync(location);

        Assert.Equal(2, (await AcceptedAsync(location)).Count);
    }

    [Fact]
    public async Task A_STOP_that_the_poll_finds_counts()
    {
        var location = await host.ConnectedAsync();
        Ghl.Wrote(location, "STOP");
        await host.PollAsync(location);
        Assert.NotEqual(0, await host.QueryAsync<long>("SELECT opted_out_at FROM contact_mirror WHERE location_id = @location", new { location }));
        Assert.True(Assert.Single(await host.PublishedAsync<OptOutRecorded>(change => change.LocationId == location)).OptedOut);
    }

    [Fact]
    public async Task What_was_written_before_the_location_was_connected_is_nobodys()
    {
        var location = await host.ConnectedAsync();
        Ghl.Wrote(location, "long ago", 49 * 60);
        Ghl.Wrote(location, "now", 2);
        await host.ExecuteAsync("UPDATE location SET connected_at = connected_at + 172200000 WHERE location_id = @location", new { location });
        Ghl.Wrote(location, "ten minutes before", 20, "c2");
        await host.PollAsync(location);
        Assert.Equal(["now"], (await AcceptedAsync(location)).Select(message => message.Text));
    }

    [Fact]
    public async Task What_is_too_old_to_answer_is_kept_as_history()
    {
        var location = await host.ConnectedAsync();
        Ghl.Wrote(location, "yesterday", 26 * 60);
        await host.PollAsync(location);
        await host.ExecuteAsync("UPDATE location_task SET read_up_to = @from WHERE location_id = @location", new { location, from = TimeProvider.System.GetUtcNow().AddDays(-3).ToUnixTimeMilliseconds() });
        await host.PollAsync(location);
        Assert.True(Assert.Single(await AcceptedAsync(location)).IsLate);
    }

    [Fact]
    public async Task A_text_of_this_minute_is_left_to_its_webhook()
    {
        var location = await host.ConnectedAsync();
        Ghl.Wrote(location, "just now", 0.2);
        await host.PollAsync(location);
        Assert.Empty(await AcceptedAsync(location));
    }

    [Fact]
    public async Task Nothing_is_lost_where_one_conversation_cannot_be_read()
    {
        var location = await host.ConnectedAsync();
        var broken = Ghl.Wrote(location, "first", 30, "c1");
        Ghl.Wrote(location, "second", 20, "c2");
        var list = $"GET /conversations/{broken.ConversationId}/messages";
        Ghl.Next(list, Answer.Error(500, "down"));
        Ghl.Next(list, Answer.Garbage);

        await host.PollAsync(location);
        Assert.Equal(["second"], (await AcceptedAsync(location)).Select(message => message.Text));
        Assert.Null(await LastPolledAtAsync(location));

        await host.PollAsync(location);
        Assert.Equal(["second", "first"], (await AcceptedAsync(location)).OrderBy(message => message.Seq).Select(message => message.Text));
        Assert.NotNull(await LastPolledAtAsync(location));
    }

    [Fact]
    public async Task Nothing_is_lost_over_hours_without_an_answer()
    {
        var location = await host.ConnectedAsync();
        Ghl.Wrote(location, "before", 300);
        await host.PollAsync(location);
        Ghl.Wrote(location, "meanwhile", 200, "c2");
        foreach (var trouble in new[] { Answer.Error(500, "down"), Answer.Garbage, new Answer(200, new { conversations = "none" }), Answer.Error(403, "no") })
        {
            Ghl.Next(Search, trouble);
            await host.PollAsync(location);
        }
        Assert.Single(await AcceptedAsync(location));

        await host.PollAsync(location);
        Assert.Equal(2, (await AcceptedAsync(location)).Count);
    }

    [Fact]
    public async Task An_answer_in_another_order_moves_no_cursor()
    {
        var location = await host.ConnectedAsync();
        Ghl.Wrote(location, "one", 30);
        var newest = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Ghl.Next(Search, new Answer(200, new { conversations = new[] { new { id = "a", lastMessageDate = newest }, new { id = "b", lastMessageDate = newest - 1000 } } }));
        await host.PollAsync(location);
        Ghl.Next(Search, new Answer(200, new { conversations = new[] { new { id = "old", lastMessageDate = 1600000000000 } } }));
        await host.PollAsync(location);
        Assert.Empty(await AcceptedAsync(location));

        await host.PollAsync(location);
        Assert.Single(await AcceptedAsync(location));
    }

    [Fact]
    public async Task A_limit_is_waited_for()
    {
        var location = await host.ConnectedAsync();
        Ghl.Wrote(location, "one", 30);
        Ghl.Next(Search, new Answer(429, new { message = "Too Many Requests" }) { Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } });
        await host.PollAsync(location);
        Assert.Single(await AcceptedAsync(location));
    }

    [Fact]
    public async Task Every_page_is_read()
    {
        var location = await host.ConnectedAsync();
        for (var number = 0; number < 130; number++)
        {
            // Five conversations share each millisecond: pages must not cut between them.
            Ghl.Wrote(location, $"conversation {number}", 100 - (number / 5 * 0.1), $"c{number}");
        }
        for (var number = 0; number < 250; number++)
        {
            Ghl.Wrote(location, $"message {number}", 90 - (number * 0.1), "talker");
        }
        await host.PollAsync(location);
        Assert.Equal(380, (await AcceptedAsync(location)).Count);
    }

    [Fact]
    public async Task One_instance_polls_at_a_time()
    {
        var location = await host.ConnectedAsync();
        var before = SearchesOf(location);
        Ghl.Next(Search, async (_, usual) =>
        {
            // The second comes while the first reads.
            await host.PollAsync(location);
            return usual();
        });
        await host.PollAsync(location);
        Assert.Equal(1, SearchesOf(location) - before);
    }

    [Fact]
    public async Task A_message_that_names_another_location_is_not_stored()
    {
        var location = await host.ConnectedAsync();
        var other = await host.ConnectedAsync();
        var message = Ghl.Wrote(location, "mine");
        Ghl.State.Messages.Enqueue(message with { Id = "foreign", LocationId = other, At = message.At.AddSeconds(-5) });
        await host.PollAsync(location);
        Assert.Equal(["mine"], (await AcceptedAsync(location)).Select(accepted => accepted.Text));
        Assert.Empty(await AcceptedAsync(other));
    }

    [Fact]
    public async Task An_email_is_read_by_its_own_id()
    {
        var location = await host.ConnectedAsync();
        var thread = Ghl.Wrote(location, "") with { Body = null, MessageType = "TYPE_EMAIL", Type = 3, Id = $"thread-{location}", ConversationId = $"mail-{location}", EmailIds = [$"ours-{location}", $"theirs-{location}"] };
        Ghl.State.Messages.Enqueue(thread);
        Ghl.State.Emails[$"ours-{location}"] = new { direction = "outbound", body = "hi", dateAdded = thread.At.AddMinutes(-1) };
        Ghl.State.Emails[$"theirs-{location}"] = new { direction = "inbound", body = "<p>Please call me</p>", subject = "House", threadId = "t1", contactId = "c1", dateAdded = thread.At };
        await host.PollAsync(location);
        await host.PollAsync(location);
        var mail = Assert.Single(await AcceptedAsync(location), accepted => accepted.Channel == "Email");
        Assert.Equal(("Please call me", $"theirs-{location}"), (mail.Text, mail.MessageId));
    }

    [Fact]
    public async Task A_text_that_only_a_workflow_told_is_not_found_again_and_the_next_one_is()
    {
        const string Secret = "workflow-secret-0123456789";
        var location = await host.ConnectedAsync(Secret);
        Ghl.Wrote(location, "yes", 2);
        var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/ghl/workflows/{location}")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { contact_id = "c1", location = new { id = location }, message = new { type = 2, body = "yes", direction = "inbound" } }),
        };
        request.Headers.Add("X-Hub-Secret", Secret);
        (await host.Anonymous.SendAsync(request, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await host.PollAsync(location);
        Assert.Single(await AcceptedAsync(location));

        Ghl.Wrote(location, "yes", 1.5);
        await host.PollAsync(location);
        Assert.Equal(2, (await AcceptedAsync(location)).Count);
    }

    private static JsonObject Webhook(FakeMessage message, string how)
    {
        var webhook = Payloads.Fresh(Payloads.Fixture("InboundMessage.json", message.LocationId), message.At);
        webhook["body"] = message.Body;
        webhook["contactId"] = message.ContactId;
        webhook["conversationId"] = message.ConversationId;
        webhook["messageId"] = how == "same id" ? message.Id : $"other-{message.Id}";
        if (how == "no id")
        {
            webhook.Remove("messageId");
        }
        return webhook;
    }

    private int SearchesOf(string location) => Ghl.Of(Search).Count(one => one.Query["locationId"] == location);

    private Task<IReadOnlyList<InboundMessageAccepted>> AcceptedAsync(string location) =>
        host.PublishedAsync<InboundMessageAccepted>(message => message.LocationId == location);

    private async Task<string?> LastPolledAtAsync(string location) =>
        (string?)JsonNode.Parse(await host.Admin.GetStringAsync($"/api/locations/{location}"))!["lastPolledAt"];
}

public sealed class PollTestsOnSqlite(PollHost host) : PollTests(host), IClassFixture<PollHost>;

public sealed class PollTestsOnPostgres(PostgresPollHost host) : PollTests(PostgresIntakeHost.Ready(host)), IClassFixture<PostgresPollHost>;
