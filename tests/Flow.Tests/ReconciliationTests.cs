using System.Net;
using System.Text.Json;
using EnterpriseHub.TestKit;
using EnterpriseHub.TestKit.Specs;
using EnterpriseHub.TestKit.Topologies;
using MassTransit;

namespace EnterpriseHub.Flow.Tests;

/// <summary>What GHL tells too late, twice or not at all, over the whole way: the simulated GHL is the only witness.</summary>
public sealed class ReconciliationTests(ReconcilingStandalone standalone) : IClassFixture<ReconcilingStandalone>
{
    private readonly StandaloneTopology _hub = standalone.Hub;
    private readonly string _location = $"loc-{NewId.NextGuid():N}";

    [Fact]
    public async Task A_text_whose_webhook_never_comes_is_answered_once_and_once_only_when_it_comes_after_all()
    {
        var lead = await LeadAsync();
        var message = lead.Write("Hi, is the house on Oak Street still for sale");
        await WriteInGhlAsync("inbound", lead.ContactId, message.Text, message.MessageId);

        var reply = Assert.Single(await lead.RepliesAsync(1));
        Assert.Equal([message.Ref], reply.Refs);

        Assert.Equal(HttpStatusCode.OK, await _hub.DeliverAsync(message));
        await lead.SayAsync("And something else");
        await lead.SettledTurnAsync(2);
        Assert.Equal(2, (await lead.RepliesAsync()).Count);
        await ActivityAsync("missed_messages");
    }

    [Fact]
    public async Task A_STOP_whose_webhook_never_comes_silences_the_assistant()
    {
        var lead = await LeadAsync();
        await WriteInGhlAsync("inbound", lead.ContactId, "STOP", null);
        await lead.SettledTurnAsync(1);
        await lead.SayAsync("why do I still get these");
        Assert.Equal("stay_silent", (await lead.SettledTurnAsync(2)).Decision);
        Assert.Empty(await lead.RepliesAsync());
    }

    [Fact]
    public async Task An_audit_tells_of_a_planted_twin_and_orphan()
    {
        var lead = await LeadAsync();
        await lead.SayAsync("Hello there");
        var reply = Assert.Single(await lead.RepliesAsync(1));
        Assert.Equal("sent", (await lead.SettledTurnAsync(1)).Delivery);
        await WriteInGhlAsync("outbound", lead.ContactId, reply.Text, "twin-1");
        await WriteInGhlAsync("outbound", lead.ContactId, "Nobody decided this", "orphan-1");

        using var asked = await _hub.SendAsync(HttpMethod.Post, $"/api/locations/{_location}/audits");
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);

        var audit = await Eventually.BecomesAsync(
            async () => (await _hub.GetAsync($"/api/locations/{_location}/audits")).EnumerateArray().FirstOrDefault(), found => found.ValueKind == JsonValueKind.Object);
        Assert.Equal(["orphan orphan-1", "twin twin-1"], audit.GetProperty("findings").EnumerateArray()
            .Select(one => $"{one.GetProperty("kind")} {one.GetProperty("messageId")}").Order());
        await ActivityAsync("sent_twice");
        await ActivityAsync("not_ours");
    }

    /// <summary>What the agency sees on the dashboard.</summary>
    private Task<bool> ActivityAsync(string alert) => Eventually.BecomesAsync(
        async () => (await _hub.GetAsync($"/api/metrics/activity?locationId={_location}")).GetRawText().Contains($"\"{alert}\"", StringComparison.Ordinal), shown => shown);

    private async Task<Conversation> LeadAsync()
    {
        using var location = await _hub.SendAsync(HttpMethod.Put, $"/api/locations/{_location}", new
        {
            name = "Alta Loma",
            timeZone = "America/Los_Angeles",
            accessToken = $"sim-{_location}",
            settleWindow = "00:00:00",
            quietHours = (object?)null,
            activation = new { @default = "on" },
        });
        Assert.True(location.IsSuccessStatusCode, await location.Content.ReadAsStringAsync());
        var contact = $"c-{NewId.NextGuid():N}";
        using var seeded = await _hub.SendAsync(HttpMethod.Post, "/sim/ghl-control/contacts", new[] { new { locationId = _location, id = contact, firstName = "Dana" } });
        Assert.True(seeded.IsSuccessStatusCode);
        return new Conversation(_hub, _location, contact);
    }

    /// <summary>A message that is in GHL and of which no webhook tells.</summary>
    private async Task WriteInGhlAsync(string direction, string contact, string body, string? messageId)
    {
        using var seeded = await _hub.SendAsync(HttpMethod.Post, "/sim/ghl-control/messages", new[]
        {
            new { locationId = _location, contactId = contact, direction, body, messageId, source = direction == "outbound" ? "api" : null },
        });
        Assert.True(seeded.IsSuccessStatusCode, await seeded.Content.ReadAsStringAsync());
    }
}

/// <summary>Polls every second and waits for no webhook.</summary>
public sealed class ReconcilingStandalone : IAsyncLifetime
{
    public StandaloneTopology Hub { get; } = new() { Settings = ["--Gateway:PollEvery=00:00:01", "--Gateway:PollGrace=00:00:00", "--Gateway:AuditLag=00:00:00"] };

    public async ValueTask InitializeAsync() => await Hub.StartAsync();

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
