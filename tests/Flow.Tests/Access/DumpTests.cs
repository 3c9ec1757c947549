using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.TestKit.Backends;
using EnterpriseHub.TestKit.Specs;
using EnterpriseHub.TestKit.Topologies;
using MassTransit;

namespace EnterpriseHub.Flow.Tests.Access;

/// <summary>Whoever steals the database, or a backup of it, reads no key, token or secret.</summary>
public sealed class DumpTests
{
    private const string ClientSecret = "client-secret-kumquat-0123456789";
    private const string ClaudeKey = "claude-key-loquat-0123456789";
    private readonly string _plain = $"papaya{NewId.NextGuid():N}";
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal)
    {
        ["bootstrap key"] = Topology.AdminKey, ["client secret"] = ClientSecret, ["Claude's key"] = ClaudeKey,
    };

    [Fact]
    public async Task Of_the_embedded_files()
    {
        await using var hub = Hub([]);
        await PlantAsync(hub);
        // Also while it runs: what is not yet in the file is in the log beside it.
        Judge(await StolenGoods.FilesAsync(hub.Data));
        await hub.StopAsync();
        Judge(await StolenGoods.FilesAsync(hub.Data));
    }

    [Fact]
    public async Task Of_PostgreSQL()
    {
        await using var backends = new FreshBackends();
        await backends.InitializeAsync();
        backends.Require();
        Assert.SkipUnless(StolenGoods.CanDump, "pg_dump is not installed (package postgresql-client)");
        await using var hub = Hub(["--Store:Provider=Postgres", $"--Store:ConnectionString={backends.Postgres}"]);
        await PlantAsync(hub);
        Judge(await StolenGoods.DumpAsync(backends.Postgres));
    }

    private static StandaloneTopology Hub(IReadOnlyList<string> store) => new()
    {
        Settings =
        [
            .. store, .. Consent.App, $"--Claude:ApiKey={ClaudeKey}", $"--Ghl:ClientSecret={ClientSecret}",
        ],
    };

    /// <summary>What is plain is found, in the ways a dump writes it; what is secret is not, in any way it could be written.</summary>
    private void Judge(StolenGoods goods)
    {
        Assert.Contains("plain", goods.Finds(_plain));
        // The plain word and the webhook's raw bytes lie in columns of bytes too, which a dump writes in hex.
        Assert.True(goods.Finds(_plain).Contains("hex") || goods.IsBytes);
        foreach (var (name, secret) in _secrets)
        {
            Assert.True(goods.Finds(secret).Count == 0, $"{name} is readable: {string.Join(", ", goods.Finds(secret))}");
        }
    }

    private async Task PlantAsync(StandaloneTopology hub)
    {
        await hub.StartAsync();
        var location = $"loc{NewId.NextGuid():N}";
        _secrets["access token"] = $"sim-{location}";
        _secrets["workflow secret"] = $"workflow-secret-{NewId.NextGuid():N}";
        using var put = await hub.SendAsync(HttpMethod.Put, $"/api/locations/{location}", new
        {
            name = _plain, accessToken = _secrets["access token"], workflowSecret = _secrets["workflow secret"], settleWindow = "00:00:00", quietHours = (object?)null, activation = new { @default = "on" },
        });
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
        await LogInAsync(hub, location);
        await ConsentAsync(hub);

        using var hook = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.For("/webhooks"), $"/webhooks/ghl/workflows/{location}"))
        {
            Content = JsonContent.Create(new { contact_id = "c1", first_name = _plain }),
        };
        hook.Headers.Add("X-Hub-Secret", _secrets["workflow secret"]);
        using var taken = await hub.Http.SendAsync(hook);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);

        // The tokens are used, so that wherever use leaves them they lie when the thief comes.
        foreach (var place in (string[])[location, "loc-by-consent"])
        {
            using var activated = await hub.SendAsync(HttpMethod.Put, $"/api/locations/{place}", new { settleWindow = "00:00:00", quietHours = (object?)null, activation = new { @default = "on" } });
            var lead = new Conversation(hub, place, $"c{NewId.NextGuid():N}");
            await lead.SayAsync($"Hi, I am from {_plain}");
            Assert.Equal("sent", (await lead.SettledTurnAsync(1)).Delivery);
        }
    }

    private async Task LogInAsync(StandaloneTopology hub, string location)
    {
        using var made = await hub.SendAsync(HttpMethod.Post, "/api/keys", new { name = _plain, role = HubRole.Admin, locationId = location });
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
        _secrets["API key"] = key;
        _secrets["API key's secret"] = key.Split('_')[2];
        using var session = await hub.Http.PostAsJsonAsync(new Uri(hub.For("/api/session"), "/api/session"), new { key });
        _secrets["session"] = Assert.Single(session.Headers.GetValues("Set-Cookie")).Split(';')[0].Split('=')[1];
    }

    /// <summary>Connects a location by OAuth; every token that the simulated GHL issues begins with one of two words.</summary>
    private async Task ConsentAsync(StandaloneTopology hub)
    {
        var consent = await Consent.BeginAsync(hub, Topology.AdminKey);
        _secrets["state of the consent"] = consent.State;
        using var connected = await consent.GiveAsync("loc-by-consent");
        Assert.True(connected.IsSuccessStatusCode, await connected.Content.ReadAsStringAsync());
        _secrets["OAuth's access tokens"] = "simat-";
        _secrets["OAuth's refresh tokens"] = "simrt-";
    }
}
