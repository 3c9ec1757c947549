using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.TestKit.Topologies;

namespace EnterpriseHub.Flow.Tests.Access;

/// <summary>Connecting by consent stays within what the key that began it may see.</summary>
public sealed class ConsentTests
{
    [Fact]
    public async Task A_key_of_a_location_connects_that_one_and_no_other()
    {
        await using var hub = new StandaloneTopology { Settings = Consent.App };
        await hub.StartAsync();
        using var made = await hub.SendAsync(HttpMethod.Post, "/api/keys", new { name = "bound", role = HubRole.Admin, locationId = "loc-own" });
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;

        foreach (var other in (string[])["loc-other", ""])
        {
            using var refused = await (await Consent.BeginAsync(hub, key)).GiveAsync(other);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
        foreach (var forged in (Func<string, string>[])[state => state.Split('.')[0], state => state.Replace("loc-own", "loc-other", StringComparison.Ordinal)])
        {
            var begun = await Consent.BeginAsync(hub, key);
            using var refused = await (begun with { State = forged(begun.State) }).GiveAsync("loc-other");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
        Assert.Equal(0, (await hub.GetAsync("/api/locations")).GetArrayLength());

        using var connected = await (await Consent.BeginAsync(hub, key)).GiveAsync("loc-own");
        Assert.Equal(HttpStatusCode.OK, connected.StatusCode);
        Assert.Equal("loc-own", Assert.Single((await hub.GetAsync("/api/locations")).EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_location_that_was_connected_by_consent_has_the_defaults_and_takes_messages()
    {
        await using var hub = new StandaloneTopology { Settings = Consent.App };
        await hub.StartAsync();
        using var connected = await (await Consent.BeginAsync(hub, Topology.AdminKey)).GiveAsync("loc-new");
        Assert.Equal(HttpStatusCode.OK, connected.StatusCode);
        Assert.Equal("UTC", (await hub.GetAsync("/api/locations/loc-new")).GetProperty("timeZone").GetString());
        var lead = new TestKit.Specs.Conversation(hub, "loc-new", "c1");
        await lead.SayAsync("Hello");
        // Off until somebody turns the assistant on there.
        Assert.Equal("stay_silent", (await lead.SettledTurnAsync(1)).Decision);
    }
}
