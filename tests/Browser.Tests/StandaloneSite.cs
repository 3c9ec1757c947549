using System.Net;
using EnterpriseHub.TestKit.Topologies;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.Browser.Tests;

/// <summary>The whole product in one process with the simulated GHL and Claude: a lead's message comes in by webhook.</summary>
internal sealed class StandaloneSite : DashboardSite
{
    private const string Location = "loc-browser";

    private readonly StandaloneTopology _hub = new() { Settings = ["--Dashboard:Simulated=true"] };
    private int _ref;

    public override Uri Address => _hub.For("/");

    public override string Key => Topology.AdminKey;

    public static async Task<StandaloneSite> StartAsync()
    {
        var site = new StandaloneSite();
        await site._hub.StartAsync();
        using var connected = await site._hub.SendAsync(HttpMethod.Put, $"/api/locations/{Location}", new
        {
            name = "Alta Loma Realty",
            timeZone = "America/Los_Angeles",
            accessToken = $"sim-{Location}",
            settleWindow = "00:00:00",
            quietHours = (object?)null,
            activation = new { @default = "on" },
        });
        connected.EnsureSuccessStatusCode();
        return site;
    }

    public override async Task WriteAsync(string contactId, string text)
    {
        var number = ++_ref;
        if (number == 1)
        {
            using var seeded = await _hub.SendAsync(HttpMethod.Post, "/sim/ghl-control/contacts", new[] { new { locationId = Location, id = contactId, firstName = "Dana", tags = Array.Empty<string>() } });
            seeded.EnsureSuccessStatusCode();
        }
        var status = await _hub.DeliverAsync(new LeadMessage
        {
            Ref = number, LocationId = Location, ConversationId = $"conv-{contactId}", ContactId = contactId, Text = $"{text} ref {number}", SentAt = TimeProvider.System.GetUtcNow(),
        });
        Assert.Equal(HttpStatusCode.OK, status);
    }

    public override Task StopAsync() => _hub.StopAsync();

    public override ValueTask DisposeAsync() => _hub.DisposeAsync();
}
