using System.Text.Json.Nodes;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

public abstract class StoreTests(IntakeHost host)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_webhook_delivered_ten_times_at_once_is_announced_once()
    {
        var location = await host.LocationAsync();
        var message = Payloads.Text(location, "hello");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.AcceptAsync(message)));
        Assert.Single(answers, "accepted");
        Assert.Equal(9, answers.Count(answer => answer == "duplicate"));
        Assert.Single(await host.PublishedAsync<InboundMessageAccepted>(published => published.LocationId == location));
        Assert.Equal(10, await host.QueryAsync<long>("SELECT deliveries FROM inbound_event WHERE location_id = @location", new { location }));
    }

    [Fact]
    public async Task One_message_under_two_webhook_ids_is_one_message()
    {
        var location = await host.LocationAsync();
        var message = Payloads.Text(location, "hello");
        Assert.Equal("accepted", await host.AcceptAsync(message));
        message["webhookId"] = Guid.CreateVersion7().ToString();
        Assert.Equal("duplicate", await host.AcceptAsync(message));
        message["messageId"] = "another";
        message["webhookId"] = Guid.CreateVersion7().ToString();
        Assert.Equal("accepted", await host.AcceptAsync(message));
    }

    [Fact]
    public async Task A_message_without_any_id_is_known_by_conversation_time_and_text()
    {
        var location = await host.LocationAsync();
        var message = Payloads.Text(location, "hello");
        message.Remove("messageId");
        Assert.Equal("accepted", await host.AcceptAsync(message));
        message["webhookId"] = Guid.CreateVersion7().ToString();
        Assert.Equal("duplicate", await host.AcceptAsync(message));
        message.Remove("webhookId");
        message["body"] = "hello again";
        Assert.Equal("accepted", await host.AcceptAsync(message));
        Assert.Equal("duplicate", await host.AcceptAsync(message));
    }

    [Fact]
    public async Task The_same_message_id_in_two_locations_is_two_messages()
    {
        var message = Payloads.Text(await host.LocationAsync(), "hello");
        Assert.Equal("accepted", await host.AcceptAsync(message));
        message["locationId"] = await host.LocationAsync();
        message["webhookId"] = Guid.CreateVersion7().ToString();
        Assert.Equal("accepted", await host.AcceptAsync(message));
    }

    [Fact]
    public async Task Unknown_types_and_unknown_locations_are_stored_and_say_nothing()
    {
        var location = await host.LocationAsync();
        Assert.Equal("unknown_type", await host.AcceptAsync(new JsonObject { ["type"] = "InvoicePaid", ["locationId"] = location }));
        var message = Payloads.Text("nobodys", "hello");
        Assert.Equal("unknown_location", await host.AcceptAsync(message));
        Assert.Empty(await host.PublishedAsync<InboundMessageAccepted>(published => published.LocationId == "nobodys"));
        Assert.Equal(message.ToJsonString(), System.Text.Encoding.UTF8.GetString((await host.QueryAsync<byte[]>("SELECT raw FROM inbound_event WHERE location_id = 'nobodys'", new { }))!));
    }

    [Fact]
    public async Task The_announcement_carries_the_settings_of_the_location_and_the_order_of_acceptance()
    {
        var location = await host.LocationAsync(new { name = "Alta Loma", tone = "brief" });
        await host.AcceptAsync(Payloads.Text(location, "one"));
        await host.AcceptAsync(Payloads.Text(location, "two"));
        var published = await host.PublishedAsync<InboundMessageAccepted>(message => message.LocationId == location);
        Assert.Equal(["one", "two"], published.OrderBy(message => message.Seq).Select(message => message.Text));
        Assert.All(published, message => Assert.Equal(("Alta Loma", "brief", false), (message.Location.Name, message.Location.Tone, message.IsLate)));
    }

    [Fact]
    public async Task An_old_message_is_history_and_is_not_waited_for()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "hello", sentAt: Now.AddHours(-25)));
        Assert.True(Assert.Single(await host.PublishedAsync<InboundMessageAccepted>(message => message.LocationId == location)).IsLate);
        Assert.NotEqual(0, await host.QueryAsync<long>("SELECT settled_at FROM inbound_event WHERE location_id = @location", new { location }));
    }

    [Fact]
    public async Task STOP_counts_at_once_and_is_told_once()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "Please stop texting me", "c1"));
        Assert.NotEqual(0, await OptedOutAtAsync(location, "c1"));
        await host.AcceptAsync(Payloads.Text(location, "STOP", "c1"));
        Assert.True(Assert.Single(await host.PublishedAsync<OptOutRecorded>(change => change.LocationId == location)).OptedOut);
        Assert.Equal(0, await OptedOutAtAsync(location, "c2"));
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public async Task STOP_counts_however_wrong_its_time_is(string time)
    {
        var location = await host.LocationAsync();
        var message = Payloads.Text(location, "STOP", "c1");
        message["dateAdded"] = time;
        message["timestamp"] = time;
        await host.AcceptAsync(message);
        Assert.True(await OptedOutAtAsync(location, "c1") > 0);
    }

    [Fact]
    public async Task START_opens_again_but_only_when_it_was_sent_after_the_STOP()
    {
        var location = await host.LocationAsync();
        var noon = Now.AddHours(-2);
        await host.AcceptAsync(Payloads.Text(location, "STOP", "c1", noon));
        await host.AcceptAsync(Payloads.Text(location, "START", "c1", noon.AddMinutes(-5)));
        Assert.NotEqual(0, await OptedOutAtAsync(location, "c1"));
        await host.AcceptAsync(Payloads.Text(location, "START", "c1", noon.AddMinutes(5)));
        Assert.Equal(0, await OptedOutAtAsync(location, "c1"));
        Assert.Equal([true, false], (await host.PublishedAsync<OptOutRecorded>(change => change.LocationId == location)).Select(change => change.OptedOut));
    }

    [Fact]
    public async Task A_START_that_comes_late_does_not_lift_a_STOP_that_was_sent_after_it()
    {
        var location = await host.LocationAsync();
        var noon = Now.AddHours(-2);
        await host.AcceptAsync(Payloads.Text(location, "STOP", "c1", noon));
        await host.AcceptAsync(Payloads.Text(location, "STOP", "c1", noon.AddMinutes(10)));
        await host.AcceptAsync(Payloads.Text(location, "START", "c1", noon.AddMinutes(5)));
        Assert.NotEqual(0, await OptedOutAtAsync(location, "c1"));
        Assert.Single(await host.PublishedAsync<OptOutRecorded>(change => change.LocationId == location));
    }

    [Fact]
    public async Task STOP_counts_in_a_location_that_is_inactive()
    {
        var location = await host.LocationAsync();
        await host.Admin.DeleteAsync($"/api/locations/{location}");
        Assert.Equal("inactive_location", await host.AcceptAsync(Payloads.Text(location, "STOP", "c1")));
        Assert.NotEqual(0, await OptedOutAtAsync(location, "c1"));
        Assert.Empty(await host.PublishedAsync<InboundMessageAccepted>(message => message.LocationId == location));
    }

    [Theory]
    [InlineData("app", "u1", true)]
    [InlineData("", "u1", true)]
    [InlineData("workflow", "u1", false)]
    [InlineData("api", "u1", false)]
    [InlineData("app", null, false)]
    [InlineData("bulk_actions", "u1", false)]
    public async Task Only_a_person_who_types_makes_the_assistant_step_back(string source, string? user, bool expected)
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Outbound(location, "Sam here", "c1", source, user));
        var until = await host.QueryAsync<long>("SELECT takeover_until FROM contact_mirror WHERE location_id = @location", new { location });
        Assert.Equal(expected, until > Now.AddHours(23).ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Our_own_echo_is_noted_and_not_told()
    {
        var location = await host.LocationAsync();
        await LedgerAsync(location, "t1", "Happy to help!", "sent");
        var echo = Payloads.Outbound(location, "Happy  to help! ", "c1", "", "u1");
        await host.AcceptAsync(echo);
        Assert.Empty(await host.PublishedAsync<OutboundMessageObserved>(message => message.LocationId == location));
        Assert.Equal(BodyHash.Of("Happy to help!"), await host.QueryAsync<string>("SELECT body_hash FROM observed_outbound WHERE location_id = @location", new { location }));
        Assert.Equal("sent", await host.QueryAsync<string>("SELECT state FROM outbound_message WHERE location_id = @location", new { location }));

        await host.AcceptAsync(Payloads.Outbound(location, "Happy to help!", "c1", "app", "u1"));
        Assert.True(Assert.Single(await host.PublishedAsync<OutboundMessageObserved>(message => message.LocationId == location)).ByHuman);
    }

    [Theory]
    [InlineData("api", null)]
    [InlineData("app", "u1")]
    public async Task A_report_settles_an_unknown_send_at_once_and_only_one(string source, string? user)
    {
        var location = await host.LocationAsync();
        await LedgerAsync(location, "t1", "Happy to help!", "unknown");
        await LedgerAsync(location, "t2", "Happy to help!", "unknown");
        await host.ExecuteAsync("UPDATE outbound_message SET send_started_at = @at WHERE location_id = @location", new { location, at = Now.AddSeconds(-5).ToUnixTimeMilliseconds() });
        var report = Payloads.Outbound(location, "Happy  to help!", "c1", source, user);
        report["conversationId"] = "named-otherwise";
        await host.AcceptAsync(report);
        report["webhookId"] = Guid.CreateVersion7().ToString();
        await host.AcceptAsync(report);

        var settled = Assert.Single(await host.PublishedAsync<ReplySettled>(reply => reply.LocationId == location));
        Assert.Equal((ReplyState.Sent, (string?)report["messageId"]), (settled.State, settled.GhlMessageId));
        Assert.Equal(1, await host.QueryAsync<long>("SELECT COUNT(*) FROM outbound_message WHERE location_id = @location AND state = 'unknown'", new { location }));
    }

    [Fact]
    public async Task A_report_of_another_text_or_before_the_send_settles_nothing()
    {
        var location = await host.LocationAsync();
        await LedgerAsync(location, "t1", "Happy to help!", "unknown");
        await host.ExecuteAsync("UPDATE outbound_message SET send_started_at = @at WHERE location_id = @location", new { location, at = Now.AddMinutes(5).ToUnixTimeMilliseconds() });
        await host.AcceptAsync(Payloads.Outbound(location, "Happy to help!", "c1", "api", null));
        await host.ExecuteAsync("UPDATE outbound_message SET send_started_at = 1 WHERE location_id = @location", new { location });
        await host.AcceptAsync(Payloads.Outbound(location, "Another text", "c1", "api", null));
        Assert.Empty(await host.PublishedAsync<ReplySettled>(reply => reply.LocationId == location));
    }

    [Fact]
    public async Task A_contact_follows_the_newest_word_whatever_the_order()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Contact(location, "ContactDndUpdate.json", Now.AddMinutes(-10), ["a"]));
        await host.AcceptAsync(Contact(location, "ContactTagUpdate.json", Now.AddMinutes(-2), ["a", "AI-Off"]));
        await host.AcceptAsync(Contact(location, "ContactTagUpdate.json", Now.AddMinutes(-5), ["a", "needs qualifying"]));
        var changes = await host.PublishedAsync<ContactChanged>(change => change.LocationId == location);
        Assert.Equal(2, changes.Count);
        Assert.Equal(["a", "AI-Off"], changes[1].Contact!.Tags);
        Assert.Equal(["SMS"], changes[1].Contact!.DndChannels);

        await host.AcceptAsync(Contact(location, "ContactDelete.json", Now.AddMinutes(-1), []));
        await host.AcceptAsync(Contact(location, "ContactUpdate.json", Now.AddMinutes(-3), ["zombie"]));
        Assert.Null(await host.QueryAsync<string>("SELECT snapshot FROM contact_mirror WHERE location_id = @location", new { location }));
    }

    [Fact]
    public async Task A_contact_without_its_channels_is_not_as_fresh_as_it_looks()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Contact(location, "ContactTagUpdate.json", Now, ["a"]));
        Assert.Equal(0, await host.QueryAsync<long>("SELECT as_of FROM contact_mirror WHERE location_id = @location", new { location }));
    }

    [Fact]
    public async Task Uninstall_drops_tokens_and_an_older_install_does_not_bring_the_location_back()
    {
        var location = await host.LocationAsync(new { accessToken = "pit-secret" });
        await host.AcceptAsync(Payloads.Fresh(Payloads.Fixture("UNINSTALL.json", location), Now.AddSeconds(1)));
        Assert.Equal("inactive_location", await host.AcceptAsync(Payloads.Text(location, "hello")));
        Assert.Equal(1, await host.QueryAsync<long>("SELECT COUNT(*) FROM location WHERE location_id = @location AND access_token_enc IS NULL", new { location }));
        await host.AcceptAsync(Payloads.Fresh(Payloads.Fixture("INSTALL.json", location), Now.AddHours(-1)));
        Assert.Equal("inactive_location", await host.AcceptAsync(Payloads.Text(location, "hello")));
        await Task.Delay(20, TestContext.Current.CancellationToken);
        await host.AcceptAsync(Payloads.Fresh(Payloads.Fixture("INSTALL.json", location)));
        Assert.Equal("accepted", await host.AcceptAsync(Payloads.Text(location, "hello")));
    }

    [Fact]
    public async Task An_install_connects_an_unknown_location_at_once()
    {
        var location = $"N{Guid.CreateVersion7():N}";
        Assert.Equal("unknown_location", await host.AcceptAsync(Payloads.Text(location, "hello")));
        Assert.Equal("accepted", await host.AcceptAsync(Payloads.Fresh(Payloads.Fixture("INSTALL.json", location))));
        Assert.Equal("accepted", await host.AcceptAsync(Payloads.Text(location, "hello")));
    }

    [Fact]
    public async Task A_call_is_a_fact_and_no_turn()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Fresh(Payloads.Fixture("InboundMessage.voicemail.json", location)));
        var call = Assert.Single(await host.PublishedAsync<CrmRecordChanged>(change => change.LocationId == location));
        Assert.Equal(("voice_call", "voicemail", "inbound"), (call.Kind, call.Change, call.Facts["direction"]));
        Assert.NotEqual(0, await host.QueryAsync<long>("SELECT settled_at FROM inbound_event WHERE location_id = @location", new { location }));
    }

    private static JsonObject Contact(string location, string fixture, DateTimeOffset at, string[] tags)
    {
        var contact = Payloads.Fresh(Payloads.Fixture(fixture, location), at);
        contact["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]);
        return contact;
    }

    private Task<long> OptedOutAtAsync(string location, string contact) => host.QueryAsync<long>(
        "SELECT opted_out_at FROM contact_mirror WHERE location_id = @location AND contact_id = @contact", new { location, contact });

    private Task<int> LedgerAsync(string location, string turn, string body, string state) => host.ExecuteAsync(
        """
        INSERT INTO outbound_message (turn_id, location_id, conversation_id, contact_id, channel, body, body_hash, answers_up_to_seq, epoch, state,
          due_at, received_at, decided_at, planned_at)
        VALUES (@turn, @location, 'v-c1', 'c1', 'SMS', @body, @hash, 1, 1, @state, 0, 0, 0, 0)
        """,
        new { turn = turn + location, location, body, hash = BodyHash.Of(body), state });
}

public sealed class StoreTestsOnSqlite(IntakeHost host) : StoreTests(host), IClassFixture<IntakeHost>;

public sealed class StoreTestsOnPostgres(PostgresIntakeHost host) : StoreTests(PostgresIntakeHost.Ready(host)), IClassFixture<PostgresIntakeHost>;
