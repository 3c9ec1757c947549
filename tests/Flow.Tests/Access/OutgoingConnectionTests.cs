using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EnterpriseHub.TestKit;
using EnterpriseHub.TestKit.Specs;
using EnterpriseHub.TestKit.Topologies;
using MassTransit;

namespace EnterpriseHub.Flow.Tests.Access;

/// <summary>Alone in its process while it runs: it watches every connection that the process opens.</summary>
[CollectionDefinition(nameof(OutgoingConnectionTests), DisableParallelization = true)]
public sealed class WatchesTheWholeProcess;

/// <summary>No address that a lead, a contact or a webhook brings is ever called: the product talks to the upstreams of its settings only.</summary>
[Collection(nameof(OutgoingConnectionTests))]
public sealed class OutgoingConnectionTests
{
    private const string Location = "loc-bait";

    [Fact]
    public async Task Addresses_in_what_leads_and_contacts_bring_are_never_called()
    {
        await using var bait = await Listener.StartAsync();
        using var watch = new ConnectionWatch();
        await using var hub = new StandaloneTopology();
        await hub.StartAsync();
        var addresses = Baits(bait.Port);
        await ConnectAsync(hub, addresses[0]);

        var answered = 0;
        foreach (var (address, number) in addresses.Select((address, index) => (address, index)))
        {
            var contact = $"c-bait-{number}";
            await SeedAsync(hub, contact, address);
            await DeliverAsync(hub, Contact(contact, address, addresses));
            var lead = new Conversation(hub, Location, contact);
            await DeliverAsync(hub, Message(lead, address, addresses));
            answered += (await lead.SettledTurnAsync(1)).Delivery == "sent" ? 1 : 0;
            await WorkflowAsync(hub, contact, address, addresses);
        }

        Assert.Equal(addresses.Length, answered);
        Assert.Equal(0, bait.Accepted);
        var own = hub.For("/").Port;
        Assert.All(watch.Connections, connection => Assert.Equal($"127.0.0.1:{own}", connection));
        Assert.All(watch.Names, name => Assert.Equal("127.0.0.1", name));
        // The upstreams were called, so the watch was awake.
        Assert.NotEmpty(watch.Connections);
    }

    [Fact]
    public async Task A_redirect_of_an_upstream_is_not_followed()
    {
        await using var bait = await Listener.StartAsync();
        await using var upstream = await Listener.StartAsync($"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{bait.Port}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var watch = new ConnectionWatch();
        await using var hub = new StandaloneTopology
        {
            Settings =
            [
                $"--Ghl:BaseUrl=http://127.0.0.1:{upstream.Port}", $"--Claude:BaseUrl=http://127.0.0.1:{upstream.Port}",
                "--Ghl:ClientId=app", "--Ghl:ClientSecret=shh", "--Ghl:RedirectUrl=http://127.0.0.1/oauth/callback",
            ],
        };
        await hub.StartAsync();
        await ConnectAsync(hub, "Alta Loma");
        var lead = new Conversation(hub, Location, "c1");
        await lead.SayAsync("Hi, I want to sell my house");
        await CallBackAsync(hub);

        // A reading of the contact, a call to the model and the exchange of a code.
        foreach (var call in (string[])["GET /contacts/", "POST /v1/messages", "POST /oauth/token"])
        {
            await Eventually.BecomesAsync(() => Task.FromResult(upstream.Requests), requests => requests.Any(request => request.StartsWith(call, StringComparison.Ordinal)));
        }
        Assert.Equal(0, bait.Accepted);
        Assert.DoesNotContain($"127.0.0.1:{bait.Port}", watch.Connections);
        Assert.Contains($"127.0.0.1:{upstream.Port}", watch.Connections);
    }

    [Fact]
    public async Task The_watch_and_the_bait_see_a_connection()
    {
        await using var bait = await Listener.StartAsync();
        using var watch = new ConnectionWatch();
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://localhost:{bait.Port}/"));
        Assert.InRange(bait.Accepted, 1, 2);
        Assert.Contains(watch.Connections, connection => connection == $"127.0.0.1:{bait.Port}" || connection == $"[::1]:{bait.Port}");
        Assert.Contains("localhost", watch.Names);
    }

    private static string[] Baits(int port) =>
    [
        $"http://127.0.0.1:{port}/a.jpg", $"http://localhost:{port}/", $"http://[::1]:{port}/", $"http://[::ffff:127.0.0.1]:{port}/",
        $"http://2130706433:{port}/", $"http://0177.0.0.1:{port}/", $"http://0x7f.1:{port}/", $"http://127.1:{port}/",
        $"http://user:pass@127.0.0.1:{port}/", $"//127.0.0.1:{port}/x", $"https://127.0.0.1:{port}/", $"ftp://127.0.0.1:{port}/x",
        $"gopher://127.0.0.1:{port}/_GET", "file:///etc/passwd", "http://169.254.169.254/latest/meta-data/", "http://metadata.google.internal/",
    ];

    private static async Task ConnectAsync(StandaloneTopology hub, string text)
    {
        using var location = await hub.SendAsync(HttpMethod.Put, $"/api/locations/{Location}", new
        {
            name = text, tone = text, accessToken = $"sim-{Location}", workflowSecret = "workflow-secret-0123456789", settleWindow = "00:00:00", quietHours = (object?)null,
            activation = new { @default = "on" }, crm = new { fields = new { address = text } },
        });
        Assert.True(location.IsSuccessStatusCode, await location.Content.ReadAsStringAsync());
        using var market = await hub.SendAsync(HttpMethod.Put, $"/api/cache/market/{Location}", new { facts = new[] { $"See {text}" }, asOf = "2026-01-01", source = text });
        Assert.True(market.IsSuccessStatusCode, await market.Content.ReadAsStringAsync());
    }

    private static async Task SeedAsync(StandaloneTopology hub, string contact, string address)
    {
        using var seeded = await hub.SendAsync(HttpMethod.Post, "/sim/ghl-control/contacts", new[]
        {
            new { locationId = Location, id = contact, firstName = address, tags = new[] { address }, source = address, website = address },
        });
        Assert.True(seeded.IsSuccessStatusCode, await seeded.Content.ReadAsStringAsync());
    }

    private static JsonObject Message(Conversation lead, string address, string[] all)
    {
        var message = JsonNode.Parse(lead.Write($"My house is at {address} and I want to sell").Body())!.AsObject();
        message["attachments"] = Texts(all);
        message["callbackUrl"] = address;
        return message;
    }

    private static JsonObject Contact(string contact, string address, string[] all) => new()
    {
        ["type"] = "ContactUpdate", ["locationId"] = Location, ["id"] = contact, ["name"] = address, ["firstName"] = address, ["website"] = address,
        ["source"] = address, ["address1"] = address, ["tags"] = Texts([address]), ["attachments"] = Texts(all),
        ["customFields"] = new JsonArray(new JsonObject { ["id"] = address, ["value"] = address }), ["webhookId"] = NewId.NextGuid().ToString(),
    };

    private static JsonArray Texts(string[] texts) => [.. texts.Select(text => (JsonNode)text)];

    private static async Task DeliverAsync(StandaloneTopology hub, JsonObject webhook)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(webhook.ToJsonString());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.For("/webhooks/ghl"), "/webhooks/ghl")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-GHL-Signature", hub.Key.Sign(body));
        using var answer = await hub.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task WorkflowAsync(StandaloneTopology hub, string contact, string address, string[] all)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.For("/webhooks"), $"/webhooks/ghl/workflows/{Location}"))
        {
            Content = JsonContent.Create(new { contact_id = contact, first_name = address, attachments = all, website = address, image = address }),
        };
        request.Headers.Add("X-Hub-Secret", "workflow-secret-0123456789");
        using var answer = await hub.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task CallBackAsync(StandaloneTopology hub)
    {
        using var start = await hub.SendAsync(HttpMethod.Get, "/oauth/start");
        var state = System.Web.HttpUtility.ParseQueryString(start.Headers.Location!.Query)["state"];
        using var back = await hub.Http.GetAsync(new Uri(hub.For("/oauth"), $"/oauth/callback?code=abc&state={state}"));
        Assert.Equal(HttpStatusCode.BadGateway, back.StatusCode);
    }
}
