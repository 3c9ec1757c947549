using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.Contracts.Operations;
using EnterpriseHub.TestKit;
using EnterpriseHub.WebhookGateway.Storage;
using EnterpriseHub.WebhookGateway.Tests.FindMissedMessages;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;
using EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

namespace EnterpriseHub.WebhookGateway.Tests.AuditDeliveries;

public abstract class AuditTests(IntakeHost host)
{
    private FakeGhl Ghl => ((IPollHost)host).Ghl;

    [Fact]
    public async Task Twins_orphans_and_what_GHL_does_not_list_are_told_with_an_alert_each()
    {
        var location = await host.ConnectedAsync();
        await SentAsync(location, "t1", "Happy to help!", "m1");
        await SentAsync(location, "t2", "Lost on the way", "m2", contact: "c2");
        await SentAsync(location, "t3", "All is well", "m3", contact: "c3");
        Out(location, "m1", "Happy to help!");
        Out(location, "m1-again", "Happy to  help!");
        Out(location, "strange", "Buy now!", contact: "c4");
        Out(location, "m3", "All is well", contact: "c3");

        var audit = await AuditAsync(location);

        Assert.Equal((1, 1, 1), (Number(audit, "twins"), Number(audit, "orphans"), Number(audit, "missing")));
        Assert.Equal(
            ["missing t2 m2 c2", "orphan  strange c4", "twin t1 m1-again c1"],
            audit.GetProperty("findings").EnumerateArray().Select(one => $"{one.GetProperty("kind")} {Text(one, "turnId")} {Text(one, "messageId")} {one.GetProperty("contactId")}").Order());
        var alerts = await host.PublishedAsync<AlertRaised>(alert => alert.LocationId == location);
        Assert.Equal(["not_listed 1", "not_ours 1", "sent_twice 1"], alerts.Select(alert => $"{alert.Kind} {alert.Count}").Order());
    }

    [Fact]
    public async Task A_difference_is_told_by_one_audit_only()
    {
        var location = await host.ConnectedAsync();
        Out(location, "strange", "Buy now!");
        Assert.Equal(1, Number(await AuditAsync(location), "orphans"));
        Assert.Equal(0, Number(await AuditAsync(location, 2), "orphans"));
    }

    [Fact]
    public async Task Of_a_conversation_that_cannot_be_read_nothing_is_said()
    {
        var location = await host.ConnectedAsync();
        await SentAsync(location, "t1", "Happy to help!", "m1");
        Out(location, "other", "a person", user: "u1");
        var list = $"GET /conversations/v-{location}-c1/messages";
        Ghl.Next(list, Answer.Garbage);
        Ghl.Next(list, Answer.Garbage);
        var audit = await AuditAsync(location);
        Assert.Equal((0, 1), (Number(audit, "missing"), Number(audit, "skipped")));
    }

    [Fact]
    public async Task Without_an_answer_there_is_no_audit_and_the_next_one_covers_its_time()
    {
        var location = await host.ConnectedAsync();
        Out(location, "strange", "Buy now!");
        var other = await host.ConnectedAsync();
        Ghl.Next(FakeGhl.SearchOf(location), Answer.Error(500, "down"));
        await RunAsync(other);
        await RunAsync(location);
        await Eventually.BecomesAsync(() => host.QueryAsync<long>("SELECT due_at FROM location_task WHERE location_id = @location AND task = 'audit'", new { location }), due => due > TimeProvider.System.GetUtcNow().AddMinutes(10).ToUnixTimeMilliseconds());
        Assert.Empty(await AuditsAsync(location));
        await Eventually.BecomesAsync(() => AuditsAsync(other), audits => audits.Count == 1);
        Assert.Equal(1, Number(await AuditAsync(location), "orphans"));
    }

    [Fact]
    public async Task Audits_are_for_operators_of_their_own_location()
    {
        var location = await host.ConnectedAsync();
        var path = $"/api/locations/{location}/audits";
        using var other = await host.ClientAsync("operator", "elsewhere");
        using var viewer = await host.ClientAsync("viewer", location);
        using var own = await host.ClientAsync("operator", location);
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Anonymous.GetAsync(path, cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.GetAsync(path, cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path, cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync(path, null, cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Admin.PostAsync("/api/locations/nobodys/audits", null, cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync(path, cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await own.PostAsync(path, null, cancellation)).StatusCode);
    }

    private async Task<JsonElement> AuditAsync(string location, int count = 1)
    {
        await RunAsync(location);
        return (await Eventually.BecomesAsync(() => AuditsAsync(location), audits => audits.Count >= count))[0];
    }

    private async Task RunAsync(string location) =>
        (await host.Admin.PostAsync($"/api/locations/{location}/audits", null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

    private async Task<IReadOnlyList<JsonElement>> AuditsAsync(string location) =>
        [.. (await host.Admin.GetFromJsonAsync<JsonElement>($"/api/locations/{location}/audits", TestContext.Current.CancellationToken)).EnumerateArray()];

    private void Out(string location, string id, string text, string contact = "c1", string? user = null) => Ghl.State.Messages.Enqueue(
        new FakeMessage(id, contact, text, TimeProvider.System.GetUtcNow().AddMinutes(-5), user)
        {
            LocationId = location,
            ConversationId = $"v-{location}-{contact}",
        });

    private Task<int> SentAsync(string location, string turn, string body, string id, string contact = "c1") => host.ExecuteAsync(
        """
        INSERT INTO outbound_message (turn_id, location_id, conversation_id, contact_id, channel, body, body_hash, answers_up_to_seq, epoch, state,
          due_at, received_at, decided_at, planned_at, send_started_at, settled_at, ghl_message_id)
        VALUES (@turn || @location, @location, @conversation, @contact, 'SMS', @body, @hash, 1, 1, 'sent', 0, 0, 0, 0, @at, @at, @id)
        """,
        new { turn, location, conversation = $"v-{location}-{contact}", contact, body, hash = BodyHash.Of(body), id, at = TimeProvider.System.GetUtcNow().AddMinutes(-5).ToUnixTimeMilliseconds() });

    private static long Number(JsonElement audit, string name) => audit.GetProperty(name).GetInt64();

    private static string Text(JsonElement one, string name) =>
        one.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Split("L0")[0] : "";
}

public sealed class AuditTestsOnSqlite(PollHost host) : AuditTests(host), IClassFixture<PollHost>;

public sealed class AuditTestsOnPostgres(PostgresPollHost host) : AuditTests(PostgresIntakeHost.Ready(host)), IClassFixture<PostgresPollHost>;
