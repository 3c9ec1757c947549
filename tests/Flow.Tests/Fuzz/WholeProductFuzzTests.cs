using System.Net;
using System.Net.Http.Headers;
using System.Text;
using EnterpriseHub.TestKit;
using EnterpriseHub.TestKit.Fuzz;
using EnterpriseHub.TestKit.Topologies;
using EnterpriseHub.TestKit.Traffic;
using Microsoft.Data.Sqlite;

namespace EnterpriseHub.Flow.Tests.Fuzz;

/// <summary>Spoiled webhooks through the whole product in one process: no consumer throws, every accepted message is settled, every reply ends.</summary>
public sealed class WholeProductFuzzTests
{
    private static readonly string[] Fixtures =
        [.. typeof(WholeProductFuzzTests).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".json", StringComparison.Ordinal) && !name.Contains("INSTALL", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Whatever_is_accepted_is_settled_and_no_consumer_throws()
    {
        var log = new ErrorLog();
        await using var hub = new StandaloneTopology
        {
            Modules = [log],
            Settings =
            [
                "--Gateway:StoreLimit=00:00:10", "--Ghl:RateLimit=100000",
                // On a busy machine a claim may grow too old before its POST: it is read back soon, not after minutes.
                "--Ghl:AnswerTimeout=00:00:05", "--Delivery:SendingTimeout=00:00:12",
                "--Delivery:ReconcileSchedule:0=00:00:01", "--Delivery:ReconcileSchedule:1=00:00:02", "--Delivery:ReconcileSchedule:2=00:00:04",
                "--Logging:LogLevel:Default=Error", "--Logging:LogLevel:EnterpriseHub=Error", "--Logging:LogLevel:MassTransit=Error",
            ],
        };
        await hub.StartAsync();
        using var provisioned = await hub.SendAsync(HttpMethod.Put, "/api/locations/locF", new
        {
            name = "Fuzz", timeZone = "America/Los_Angeles", accessToken = "sim-locF", settleWindow = "00:00:00", quietHours = (object?)null,
            activation = new { @default = "on" }, dailyBudgetUsd = 1000,
        });
        provisioned.EnsureSuccessStatusCode();
        using var unlimited = await hub.Http.PutAsync(
            new Uri(hub.For("/sim"), "/sim/control/rate-limit"), new StringContent("""{"max":0,"intervalMs":10000,"daily":200000}""", Encoding.UTF8, "application/json"));
        unlimited.EnsureSuccessStatusCode();
        var accepted = 0;
        await FuzzRun.EachAsync("whole product", 2_000, 6, async one =>
        {
            // Mostly one gentle change: what is refused at the door proves nothing here.
            one.Input = one.Random.Next(6) == 0 ? Mutator.Spoil(one.Random, Seed(one)) : JsonMutator.Change(one.Random, Seed(one));
            if (await DeliverAsync(hub, one.Input) == HttpStatusCode.OK)
            {
                Interlocked.Increment(ref accepted);
            }
        });
        Assert.True(accepted > 1_200, $"Only {accepted} were taken.");
        await ZeroAsync(hub, "inbound_event WHERE settled_at = 0 AND status IN ('accepted', 'parked')");
        await ZeroAsync(hub, "outbound_message WHERE state IN ('planned', 'sending', 'unknown')");
        await ZeroAsync(hub, "outbox WHERE published_at = 0");
        Assert.Empty(log.Errors);
        Assert.True((await hub.Ghl.RepliesAsync(CancellationToken.None)).Count > 300);
    }

    private static byte[] Seed(FuzzCase one)
    {
        if (one.Random.Next(4) == 0)
        {
            one.How = Fixtures[one.Random.Next(Fixtures.Length)];
            using var reader = new StreamReader(typeof(WholeProductFuzzTests).Assembly.GetManifestResourceStream(one.How)!);
            return Encoding.UTF8.GetBytes(reader.ReadToEnd().Replace("aB3dE5fG7hJ9kL1mN2pQ", "locF", StringComparison.Ordinal));
        }
        return new LeadMessage
        {
            Ref = one.Number, LocationId = "locF", ConversationId = $"conv{one.Number}", ContactId = $"contact{one.Number}",
            Text = $"Hello, I want to sell my house (ref {one.Number})", SentAt = TimeProvider.System.GetUtcNow(), WebhookId = $"w{one.Number}", MessageId = $"m{one.Number}",
        }.Body();
    }

    /// <summary>Repeats a 429, as GHL would; anything but 200 and 4xx fails.</summary>
    private static async Task<HttpStatusCode> DeliverAsync(StandaloneTopology hub, byte[] body)
    {
        for (var repeat = 0; repeat < 60; repeat++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.For("/webhooks/ghl"), "/webhooks/ghl")) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add("X-GHL-Signature", hub.Key.Sign(body));
            using var answer = await hub.Http.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
            {
                Assert.InRange((int)answer.StatusCode, 200, 499);
                return answer.StatusCode;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(500), CancellationToken.None);
        }
        throw new TimeoutException("Never taken.");
    }

    private static Task<string> ZeroAsync(StandaloneTopology hub, string rows) => Eventually.BecomesAsync(() => RowsAsync(hub, rows), left => left.Length == 0, TimeSpan.FromMinutes(3));

    /// <summary>The first rows that are still there, for the failure's message.</summary>
    private static async Task<string> RowsAsync(StandaloneTopology hub, string rows)
    {
        await using var store = new SqliteConnection($"Data Source={Path.Combine(hub.Data, "gateway.db")};Mode=ReadOnly;Pooling=False");
        await store.OpenAsync();
        await using var query = store.CreateCommand();
        query.CommandText = $"SELECT * FROM {rows} LIMIT 3";
        await using var found = await query.ExecuteReaderAsync();
        var text = new StringBuilder();
        while (await found.ReadAsync())
        {
            text.AppendJoin(' ', Enumerable.Range(0, found.FieldCount).Select(place => $"{found.GetName(place)}={found.GetValue(place)}")).AppendLine();
        }
        return text.ToString();
    }
}
