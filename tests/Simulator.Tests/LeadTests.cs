using System.Security.Cryptography;
using System.Text.Json;
using EnterpriseHub.Simulator.Leads;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace EnterpriseHub.Simulator.Tests;

public sealed class LeadTests
{
    [Fact]
    public async Task Leads_text_in_with_signed_webhooks_that_show_in_their_conversation()
    {
        await using var receiver = await WebhookReceiver.StartAsync(refusals: 2);
        await using var host = await EchoingHost.StartAsync(receiver.Address, echo: false);
        await host.PostAsync("/sim/leads/start", new { locationIds = new[] { "l-1", "l-2" }, ratePerSecond = 200, total = 20, conversations = 20, refs = true, thinkMinMs = 0, thinkMaxMs = 0, seed = 3 });
        await receiver.WaitAsync(() => receiver.Received.Count >= 20);

        var key = PublicKey(host.KeyFile + ".pub");
        Assert.All(receiver.Received, one => Assert.True(Verifies(key, one.Body, one.Signature)));
        Assert.Equal(20, receiver.Events.Select(one => one.GetProperty("messageId").GetString()).Distinct().Count());
        Assert.Equal(["l-1", "l-2"], receiver.Events.Select(one => one.GetProperty("locationId").GetString()).Distinct().Order());
        var some = receiver.Events.First();
        var list = await host.GhlAsync("GET", $"/conversations/{some.GetProperty("conversationId").GetString()}/messages", location: some.GetProperty("locationId").GetString()!);
        Assert.Equal(some.GetProperty("body").GetString(), list.Body.GetProperty("messages").GetProperty("messages")[0].GetProperty("body").GetString());
        var contact = await host.GhlAsync("GET", "/contacts/" + some.GetProperty("contactId").GetString(), location: some.GetProperty("locationId").GetString()!);
        Assert.Equal("needs qualifying", contact.Body.GetProperty("contact").GetProperty("tags")[0].GetString());
        Assert.True((await host.GetAsync("/sim/leads")).GetProperty("retries").GetInt64() >= 2);
    }

    [Fact]
    public async Task A_lead_answers_what_the_bot_asked_last()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var host = await EchoingHost.StartAsync(receiver.Address, echo: false);
        await host.PostAsync("/sim/leads/start", new { locationIds = new[] { "l-1" }, ratePerSecond = 100, conversations = 1, thinkMinMs = 0, thinkMaxMs = 0, silenceMs = 600_000, spanishShare = 0, seed = 5 });
        await receiver.WaitAsync(() => receiver.Received.Count == 1);
        var contactId = receiver.Events.Single().GetProperty("contactId").GetString();
        await host.GhlAsync("POST", "/conversations/messages", new { type = "SMS", contactId, message = "Thanks! Have you been pre-approved, or will you pay cash?" }, "l-1");
        await receiver.WaitAsync(() => receiver.Received.Count == 2);
        Assert.Matches("pre-approved|cash|lender", receiver.Events.Last().GetProperty("body").GetString()!);
        var stopped = await host.PostAsync("/sim/leads/stop", new { });
        Assert.False(stopped.GetProperty("running").GetBoolean());
    }

    [Theory]
    [InlineData("Thanks! What is the address of the property?", "address")]
    [InlineData("What makes you think of selling, and where would you move to?", "motivation")]
    [InlineData("If our team sold your home within the next 30 to 45 days, would that work for you?", "timeline")]
    [InlineData("How would you describe the home, move-in ready or would it need some work?", "condition")]
    [InlineData("What price would make you feel good about selling?", "price")]
    [InlineData("Which area would you like to live in?", "area")]
    [InlineData("What price range do you have in mind?", "budget")]
    [InlineData("How many bedrooms and bathrooms do you need?", "bedrooms")]
    [InlineData("When would you like to move?", "timeline")]
    [InlineData("Are you looking to buy a home or to sell one?", "intent")]
    [InlineData("Si nuestro equipo vendiera su casa en los próximos 30 a 45 días, ¿le convendría?", "timeline")]
    [InlineData("¿Cómo está la casa, lista para mudarse o necesita algunos arreglos?", "condition")]
    [InlineData("¿Por qué quiere vender y a dónde se mudaría?", "motivation")]
    [InlineData("Great. Shall we set up a quick call?", "call")]
    [InlineData("Thank you.", null)]
    public void A_lead_sees_what_a_question_is_about(string question, string? topic) => Assert.Equal(topic, Topics.Of(question));

    [Fact]
    public async Task Redelivered_webhooks_are_the_same_bytes()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var host = await EchoingHost.StartAsync(receiver.Address, echo: false);
        await host.PostAsync("/sim/leads/start", new { ratePerSecond = 500, total = 5, conversations = 5, redeliverShare = 1, reorderShare = 0.5 });
        await receiver.WaitAsync(() => receiver.Received.Count == 10);
        Assert.All(receiver.Received.GroupBy(one => Convert.ToBase64String(one.Body)), group => Assert.Equal(2, group.Count()));
    }

    [Fact]
    public async Task A_saved_message_is_echoed_when_that_is_on()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var host = await EchoingHost.StartAsync(receiver.Address, echo: true);
        var sent = await host.GhlAsync("POST", "/conversations/messages", new { type = "SMS", contactId = "e-1", message = "Hello" });
        await receiver.WaitAsync(() => receiver.Received.Count == 1);
        var echoed = receiver.Events.Single();
        Assert.Equal("OutboundMessage", echoed.GetProperty("type").GetString());
        Assert.Equal("api", echoed.GetProperty("source").GetString());
        Assert.Equal(sent.Body.GetProperty("messageId").GetString(), echoed.GetProperty("messageId").GetString());
        Assert.True(Verifies(PublicKey(host.KeyFile + ".pub"), receiver.Received.Single().Body, receiver.Received.Single().Signature));
    }

    [Fact]
    public async Task The_body_has_the_fields_of_the_fixture_in_their_order()
    {
        var fixture = JsonElement.Parse(await File.ReadAllTextAsync(Shared.File("ghl/webhooks/InboundMessage.json")));
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var host = await EchoingHost.StartAsync(receiver.Address, echo: false);
        await host.PostAsync("/sim/leads/start", new { total = 1, ratePerSecond = 100 });
        await receiver.WaitAsync(() => receiver.Received.Count == 1);
        Assert.Equal(fixture.EnumerateObject().Select(member => member.Name), receiver.Events.Single().EnumerateObject().Select(member => member.Name));
        Assert.DoesNotContain((byte)' ', receiver.Received.Single().Body.Take(20));
    }

    [Fact]
    public void The_signature_is_that_of_RFC_8032()
    {
        var key = new WebhookKey(Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
        Assert.Equal(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            Convert.ToHexStringLower(Convert.FromBase64String(key.Sign([]))));
    }

    [Fact]
    public void The_key_file_is_private_and_kept()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("simulator-key-").FullName, "key.pem");
        var first = WebhookKey.LoadOrCreate(file);
        Assert.Equal(first.PublicPem, WebhookKey.LoadOrCreate(file).PublicPem);
        Assert.Equal(first.PublicPem, File.ReadAllText(file + ".pub").Trim());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
        File.WriteAllText(file, "no key");
        Assert.Contains("Simulator:WebhookKeyFile", Assert.Throws<EnterpriseHub.Platform.Hosting.SettingException>(() => WebhookKey.LoadOrCreate(file)).Message);
    }

    private static Ed25519PublicKeyParameters PublicKey(string file)
    {
        var pem = File.ReadAllText(file);
        var der = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        return new Ed25519PublicKeyParameters(der, der.Length - 32);
    }

    private static bool Verifies(Ed25519PublicKeyParameters key, byte[] body, string signature)
    {
        var verifier = new Ed25519Signer();
        verifier.Init(false, key);
        verifier.BlockUpdate(body, 0, body.Length);
        return verifier.VerifySignature(Convert.FromBase64String(signature));
    }

    private sealed class EchoingHost(string target, bool echo) : SimulatorHost
    {
        protected override string[] Settings =>
            [$"--Simulator:Leads:Target={target}", $"--Simulator:EchoOutbound={echo}", "--Simulator:Latency:Ghl:MinMs=0", "--Simulator:Latency:Ghl:MaxMs=0"];

        public static async Task<EchoingHost> StartAsync(string target, bool echo)
        {
            var host = new EchoingHost(target, echo);
            await host.InitializeAsync();
            return host;
        }
    }
}
