using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.TestKit;
using EnterpriseHub.WebhookGateway.RelayOutbox;
using EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;
using EnterpriseHub.WebhookGateway.Tests.RelayOutbox;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.WebhookGateway.Tests.ReplayEvents;

public abstract class ReplayTests(IntakeHost host)
{
    [Fact]
    public async Task An_open_message_is_announced_again_under_its_own_id()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "hello"));
        var replay = await host.ReplayAsync(new { ids = new[] { await host.EventIdAsync(location) } });
        Assert.Equal("done/announced", replay.Reason());
        var announced = await AnnouncedAsync(location);
        Assert.Equal(2, announced.Count);
        Assert.Equal((announced[0].EventId, announced[0].Seq, announced[0].Text), (announced[1].EventId, announced[1].Seq, announced[1].Text));
    }

    [Fact]
    public async Task A_message_that_a_turn_decided_on_is_skipped()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "hello"));
        await host.ExecuteAsync("UPDATE inbound_event SET settled_at = now_ms() WHERE location_id = @location", new { location });
        Assert.Equal("skipped/already_answered", (await host.ReplayAsync(new { filter = new { locationId = location } })).Reason());
        Assert.Single(await AnnouncedAsync(location));
    }

    [Fact]
    public async Task A_parked_message_is_announced_and_its_waits_begin_anew()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "hello"));
        await host.ExecuteAsync(
            "UPDATE inbound_event SET status = 'parked', rings = 20, accepted_at = accepted_at - 7200000, received_at = received_at - 7200000 WHERE location_id = @location", new { location });
        Assert.Equal("done/announced", (await host.ReplayAsync(new { filter = new { locationId = location, status = "parked" } })).Reason());
        await host.Services.GetRequiredService<RingAgain>().SweepAsync(CancellationToken.None);
        Assert.Equal("accepted 0 0", await host.QueryAsync<string>("SELECT status || ' ' || rings || ' ' || settled_at FROM inbound_event WHERE location_id = @location", new { location }));
        Assert.Equal(2, (await AnnouncedAsync(location)).Count);
    }

    [Fact]
    public async Task What_came_before_its_location_was_connected_counts_as_if_it_had_just_come()
    {
        var location = $"L{Guid.CreateVersion7():N}";
        Assert.Equal("unknown_location", await host.AcceptAsync(Payloads.Text(location, "hello")));
        Assert.Equal("unknown_location", await host.AcceptAsync(Payloads.Fresh(Payloads.Fixture("ContactUpdate.json", location))));
        Assert.Equal("skipped/unknown_location", (await host.ReplayAsync(new { filter = new { locationId = location } })).Reason());
        await ConnectAsync(location);
        Assert.Equal("done/taken_up", (await host.ReplayAsync(new { filter = new { locationId = location } })).Reason());
        Assert.False(Assert.Single(await AnnouncedAsync(location)).IsLate);
        Assert.Single(await host.PublishedAsync<ContactChanged>(change => change.LocationId == location));
        Assert.Equal(1, await host.QueryAsync<long>("SELECT COUNT(*) FROM inbound_event WHERE location_id = @location AND settled_at = 0", new { location }));
        Assert.Equal(2, (await host.ReplayAsync(new { filter = new { locationId = location } })).GetProperty("total").GetInt64());
        Assert.Single(await host.PublishedAsync<ContactChanged>(change => change.LocationId == location));
    }

    [Fact]
    public async Task A_stop_of_a_location_that_was_not_connected_counts_after_the_replay()
    {
        var location = $"L{Guid.CreateVersion7():N}";
        await host.AcceptAsync(Payloads.Text(location, "STOP"));
        await ConnectAsync(location);
        await host.ReplayAsync(new { filter = new { locationId = location } });
        Assert.True(await host.QueryAsync<long>("SELECT opted_out_at FROM contact_mirror WHERE location_id = @location", new { location }) > 0);
    }

    [Fact]
    public async Task What_is_too_old_is_recorded_and_never_answered()
    {
        var location = $"L{Guid.CreateVersion7():N}";
        await host.AcceptAsync(Payloads.Text(location, "hello"));
        await host.ExecuteAsync("UPDATE inbound_event SET received_at = received_at - 90000000, raw = @raw WHERE location_id = @location", new
        {
            location,
            raw = System.Text.Encoding.UTF8.GetBytes(Payloads.Text(location, "hello", sentAt: TimeProvider.System.GetUtcNow().AddHours(-25)).ToJsonString()),
        });
        await ConnectAsync(location);
        Assert.Equal("done/recorded_late", (await host.ReplayAsync(new { filter = new { locationId = location } })).Reason());
        Assert.True(Assert.Single(await AnnouncedAsync(location)).IsLate);
        Assert.Equal(0, await host.QueryAsync<long>("SELECT COUNT(*) FROM inbound_event WHERE location_id = @location AND settled_at = 0", new { location }));
    }

    [Fact]
    public async Task A_message_whose_location_left_waits_for_its_return()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "hello"));
        await host.Admin.DeleteAsync($"/api/locations/{location}");
        await host.ExecuteAsync("UPDATE inbound_event SET accepted_at = accepted_at - 7200000 WHERE location_id = @location", new { location });
        await host.Services.GetRequiredService<RingAgain>().SweepAsync(CancellationToken.None);
        Assert.Equal("skipped/inactive_location", (await host.ReplayAsync(new { filter = new { locationId = location } })).Reason());
        await ConnectAsync(location);
        Assert.Equal("done/taken_up", (await host.ReplayAsync(new { filter = new { locationId = location } })).Reason());
    }

    [Fact]
    public async Task An_uninstall_of_long_ago_does_not_undo_a_connection()
    {
        var location = $"L{Guid.CreateVersion7():N}";
        Assert.Equal("unknown_location", await host.AcceptAsync(Payloads.Fresh(Payloads.Fixture("UNINSTALL.json", location))));
        await ConnectAsync(location);
        Assert.Equal("skipped/install_events_are_not_replayed", (await host.ReplayAsync(new { filter = new { locationId = location } })).Reason());
        Assert.Equal("accepted", await host.AcceptAsync(Payloads.Text(location, "hello")));
    }

    [Fact]
    public async Task A_replay_goes_on_where_a_dead_process_left_it()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "one", "c1"));
        await host.AcceptAsync(Payloads.Text(location, "two", "c2"));
        var replayId = Guid.CreateVersion7().ToString();
        // The first item was ended, the second one taken by a process that died.
        await host.ExecuteAsync(
            """
            INSERT INTO event_replay_item (replay_id, number, kind, item_id, location_id, state, reason, attempts, claimed_until)
            SELECT @replayId, seq, 'events', event_id, location_id, CASE WHEN contact_id = 'c1' THEN 'done' ELSE 'pending' END, 'announced', 1, now_ms() - 1
            FROM inbound_event WHERE location_id = @location
            """,
            new { replayId, location });
        await host.ExecuteAsync(
            "INSERT INTO event_replay (replay_id, kind, key_id, location_id, asked, created_at) VALUES (@replayId, 'events', 'k', @location, '{}', now_ms())", new { replayId, location });
        var replay = await Eventually.BecomesAsync(
            () => host.Admin.GetFromJsonAsync<JsonElement>($"/api/events/replays/{replayId}"), found => found.GetProperty("status").GetString() == "done");
        Assert.Equal(2, replay.GetProperty("done").GetInt64());
        Assert.Equal(["one", "two", "two"], (await AnnouncedAsync(location)).Select(message => message.Text).Order());
    }

    [Fact]
    public async Task Only_an_admin_replays_and_only_what_it_may_see()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "hello"));
        var id = await host.EventIdAsync(location);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await host.ClientAsync("operator")).PostAsync($"/api/events/{id}/replay", null)).StatusCode);
        var own = await host.LocationAsync();
        var stranger = await host.ClientAsync("admin", own);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"/api/events/{id}/replay", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsJsonAsync("/api/events/replay", new { filter = new { locationId = location } })).StatusCode);
        Assert.Equal(0, (await stranger.ReplayAsync(new { filter = new { } })).GetProperty("total").GetInt64());
        var mine = await host.ReplayAsync(new { ids = new[] { id } });
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/api/events/replays/{mine.GetProperty("replayId").GetString()}")).StatusCode);
        Assert.All(
            (await stranger.GetFromJsonAsync<JsonElement>("/api/events/replays")).GetProperty("replays").EnumerateArray(),
            replay => Assert.Equal(own, replay.GetProperty("locationId").GetString()));
        Assert.Equal(2, (await AnnouncedAsync(location)).Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"ids":[]}""")]
    [InlineData("""{"ids":["a"],"filter":{}}""")]
    [InlineData("""{"filter":{"from":"yesterday"}}""")]
    [InlineData("""{"filter":{},"limit":0}""")]
    public async Task An_unclear_wish_is_refused_in_words(string wish)
    {
        var answer = await host.Admin.PostAsync("/api/events/replay", new StringContent(wish, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("must be", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!.Replace("Give", "must be", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_a_body_and_replaying_leave_a_line_in_the_audit()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "hello"));
        var id = await host.EventIdAsync(location);
        var admin = await host.ClientAsync("admin", location);
        await (await host.ClientAsync("operator", location)).GetStringAsync($"/api/events/{id}");
        await admin.GetStringAsync($"/api/events/{id}");
        await admin.ReplayAsync(new { ids = new[] { id } });
        var lines = (await admin.GetFromJsonAsync<JsonElement>("/api/events/audit")).GetProperty("lines").EnumerateArray().ToList();
        Assert.Equal(["replay", "read_body"], lines.Select(line => line.GetProperty("action").GetString()));
        Assert.Equal(id, lines[1].GetProperty("subject").GetString());
        Assert.Single(lines.Select(line => line.GetProperty("keyId").GetString()).Distinct());
    }

    private Task<IReadOnlyList<InboundMessageAccepted>> AnnouncedAsync(string location) =>
        host.PublishedAsync<InboundMessageAccepted>(message => message.LocationId == location);

    private async Task ConnectAsync(string location) => (await host.Admin.PutAsJsonAsync($"/api/locations/{location}", new { name = "Test" })).EnsureSuccessStatusCode();
}

public sealed class ReplayTestsOnSqlite(RingAgainTests.SlowHost host) : ReplayTests(host), IClassFixture<RingAgainTests.SlowHost>;

public sealed class ReplayTestsOnPostgres(RingAgainTests.SlowPostgresHost host) : ReplayTests(PostgresIntakeHost.Ready(host)), IClassFixture<RingAgainTests.SlowPostgresHost>;
