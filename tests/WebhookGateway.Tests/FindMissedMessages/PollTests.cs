using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Contracts.Operations;
using EnterpriseHub.WebhookGateway.FindMissedMessages;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;
using EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.WebhookGateway.Tests.FindMissedMessages;

public abstract class PollTests(IntakeHost host)
{
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

        var accepted = Assert.Single(await host.AcceptedAsync(location));
        Assert.Equal((message.Id, "Is it still for sale?", "SMS", message.At), (accepted.MessageId, accepted.Text, accepted.Channel, accepted.SentAt));
        Assert.False(accepted.IsLate);
        Assert.Equal("duplicate", await host.AcceptAsync(message.Webhook(how)));
        Assert.Single(await host.AcceptedAsync(location));
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
        Assert.Equal("accepted", await host.AcceptAsync(message.Webhook(how)));

        await host.PollAsync(location);

        Assert.Single(await host.AcceptedAsync(location));
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
            var webhooks = messages.SelectMany(message => new[] { host.AcceptAsync(message.Webhook(how)), host.AcceptAsync(message.Webhook(how)) });
            await Task.WhenAll([host.PollAsync(location), .. webhooks]);
        }
        await host.PollAsync(location);

        Assert.Equal(30, (await host.AcceptedAsync(location)).Select(message => message.Text).Distinct().Count());
        Assert.Equal(30, (await host.AcceptedAsync(location)).Count);
    }

    [Fact]
    public async Task A_found_message_and_its_webhook_without_an_id_never_pass_each_other()
    {
        var location = await host.ConnectedAsync();
        var store = host.Services.GetRequiredService<StoreEvent>();
        for (var round = 0; round < 60; round++)
        {
            var message = Ghl.Wrote(location, $"text {round}");
            var raw = System.Text.Encoding.UTF8.GetBytes(message.Webhook("no id").ToJsonString());
            var webhook = new IncomingEvent(EventTable.Read(new(StrictJson.Read(raw).Body))!, raw, $"w-{message.Id}", message.At);
            var item = System.Text.Json.JsonSerializer.SerializeToElement(new { message.Id, message.ContactId, message.Body, dateAdded = webhook.Event.Inbound!.SentAt, direction = "inbound", type = 2 }, System.Text.Json.JsonSerializerOptions.Web);
            var found = FoundMessage.Of(location, new(message.ConversationId, "c1", null, null), new(message.Id, false, "c1", message.Body, message.At, null, null) { Item = item }, message.At)!;
            await Task.WhenAll(Task.Run(() => store.StoreAsync(webhook, default)), Task.Run(() => store.StoreAsync(found, default)));
        }
        Assert.Equal(60, (await host.AcceptedAsync(location)).Count);
    }

    [Fact]
    public async Task The_same_text_twice_is_two_messages()
    {
        var location = await host.ConnectedAsync();
        var first = Ghl.Wrote(location, "yes", 8);
        Ghl.Wrote(location, "yes", 3);
        await host.AcceptAsync(first.Webhook("no id"));

        await host.PollAsync(location);

        Assert.Equal(2, (await host.AcceptedAsync(location)).Count);
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
        Assert.Equal(["now"], (await host.AcceptedAsync(location)).Select(message => message.Text));
    }

    [Fact]
    public async Task What_is_too_old_to_answer_is_kept_as_history()
    {
        var location = await host.ConnectedAsync();
        Ghl.Wrote(location, "yesterday", 26 * 60);
        await host.PollAsync(location);
        await host.ExecuteAsync("UPDATE location_task SET read_up_to = @from WHERE location_id = @location", new { location, from = TimeProvider.System.GetUtcNow().AddDays(-3).ToUnixTimeMilliseconds() });
        await host.PollAsync(location);
        Assert.True(Assert.Single(await host.AcceptedAsync(location)).IsLate);
    }

    [Fact]
    public async Task A_text_of_this_minute_is_left_to_its_webhook()
    {
        var location = await host.ConnectedAsync();
        Ghl.Wrote(location, "just now", 0.2);
        await host.PollAsync(location);
        Assert.Empty(await host.AcceptedAsync(location));
    }

    [Fact]
    public async Task A_message_that_names_another_location_is_not_stored()
    {
        var location = await host.ConnectedAsync();
        var other = await host.ConnectedAsync();
        var message = Ghl.Wrote(location, "mine");
        Ghl.State.Messages.Enqueue(message with { Id = "foreign", LocationId = other, At = message.At.AddSeconds(-5) });
        await host.PollAsync(location);
        Assert.Equal(["mine"], (await host.AcceptedAsync(location)).Select(accepted => accepted.Text));
        Assert.Empty(await host.AcceptedAsync(other));
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
        var mail = Assert.Single(await host.AcceptedAsync(location), accepted => accepted.Channel == "Email");
        Assert.Equal(("Please call me", $"theirs-{location}"), (mail.Text, mail.MessageId));
    }

    [Fact]
    public async Task A_text_that_only_a_workflow_told_is_not_found_again_and_the_next_one_is()
    {
        const string Secret = "workflow-secret-0123456789";
        var location = await host.ConnectedAsync(Secret);
        Ghl.Wrote(location, "yes", 42);
        var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/ghl/workflows/{location}")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { contact_id = "c1", location = new { id = location }, message = new { type = 2, body = "yes", direction = "inbound" } }),
        };
        request.Headers.Add("X-Hub-Secret", Secret);
        (await host.Anonymous.SendAsync(request, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        // The poll comes long after the ten minutes in which the two routes are paired.
        await host.ExecuteAsync("UPDATE inbound_event SET accepted_at = accepted_at - 2400000 WHERE location_id = @location", new { location });
        await host.PollAsync(location);
        Assert.Single(await host.AcceptedAsync(location));

        Ghl.Wrote(location, "yes", 1.5);
        await host.PollAsync(location);
        Assert.Equal(2, (await host.AcceptedAsync(location)).Count);
    }
}

public sealed class PollTestsOnSqlite(PollHost host) : PollTests(host), IClassFixture<PollHost>;

public sealed class PollTestsOnPostgres(PostgresPollHost host) : PollTests(PostgresIntakeHost.Ready(host)), IClassFixture<PostgresPollHost>;
