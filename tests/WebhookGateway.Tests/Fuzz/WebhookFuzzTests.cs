using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EnterpriseHub.TestKit.Fuzz;
using EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

namespace EnterpriseHub.WebhookGateway.Tests.Fuzz;

/// <summary>
/// Spoiled webhooks through the real server into the real store: 200, or a 4xx that says what is wrong; never a 5xx, never a 429 (an
/// event that cannot be stored), never an error in the log.
/// </summary>
public sealed class WebhookFuzzTests(FuzzHost host) : IClassFixture<FuzzHost>
{
    private static readonly string[] Signed = [.. Payloads.Names.Where(name => !name.StartsWith("workflow", StringComparison.Ordinal))];
    private static readonly string[] Messages = [.. Signed.Where(name => name.Contains("Message", StringComparison.Ordinal))];
    private static readonly string[] Workflow = [.. Payloads.Names.Where(name => name.StartsWith("workflow", StringComparison.Ordinal))];
    private static readonly int[] Understood = [200, 400, 413];

    [Fact]
    public async Task A_signed_body_is_stored_or_refused_with_a_reason()
    {
        var answers = new ConcurrentDictionary<string, int>();
        await FuzzRun.EachAsync("signed webhooks", 22_000, 12, async one =>
        {
            var body = host.Spoiled(one, one.Random.Next(2) == 0 ? Messages : Signed);
            answers.AddOrUpdate(await IsUnderstoodAsync(await host.SendAsync(body)), 1, (_, count) => count + 1);
        });
        Assert.Empty(host.Log.Errors);
        // Spoiled, yet not beyond use: most cases must get past the parser for the run to prove anything.
        Assert.True(answers["accepted"] > 5_000 && answers["400"] > 2_000 && answers.ContainsKey("413"), string.Join(", ", answers.OrderBy(pair => pair.Key)));
    }

    [Fact]
    public async Task A_workflow_body_is_stored_or_refused_with_a_reason()
    {
        await FuzzRun.EachAsync("workflow webhooks", 4_000, 12, async one =>
        {
            one.Input = Mutator.Spoil(one.Random, Encoding.UTF8.GetBytes(Payloads.Fixture(Workflow[one.Random.Next(Workflow.Length)], host.Locations[0]).ToJsonString()));
            var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/ghl/workflows/{host.Locations[0]}") { Content = new ByteArrayContent(one.Input) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add("X-Hub-Secret", FuzzHost.Secret);
            await IsUnderstoodAsync(await host.Anonymous.SendAsync(request));
        });
        Assert.Empty(host.Log.Errors);
    }

    [Fact]
    public async Task A_spoiled_signature_or_secret_is_never_taken()
    {
        var body = "{\"type\":\"Hello\"}"u8.ToArray();
        var good = SigningKey.Test.SignBase64(body);
        await FuzzRun.EachAsync("spoiled signatures", 3_000, 12, async one =>
        {
            var bad = Clean(ByteMutator.Change(one.Random, Encoding.ASCII.GetBytes(good)));
            one.Input = Encoding.Latin1.GetBytes(bad);
            if (bad.Trim() == good)
            {
                return;
            }
            var answer = await host.SendAsync(body, request =>
            {
                request.Headers.Remove("X-GHL-Signature");
                request.Headers.TryAddWithoutValidation(one.Random.Next(4) == 0 ? "X-WH-Signature" : "X-GHL-Signature", bad);
            });
            Assert.Equal(401, (int)answer.StatusCode);
            await IsProblemAsync(answer);
        });
        Assert.Empty(host.Log.Errors);
    }

    /// <summary>What a client may put in a header at all.</summary>
    private static string Clean(byte[] value) => string.Concat(Encoding.Latin1.GetString(value).Where(letter => letter is >= ' ' and <= '~'));

    /// <summary>The status word of a 200, or the number of a refusal.</summary>
    private static async Task<string> IsUnderstoodAsync(HttpResponseMessage answer)
    {
        Assert.Contains((int)answer.StatusCode, Understood);
        if (answer.StatusCode == System.Net.HttpStatusCode.OK)
        {
            return (await JsonAsync(answer)).GetProperty("status").GetString()!;
        }
        await IsProblemAsync(answer);
        return ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task IsProblemAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty((await JsonAsync(answer)).GetProperty("detail").GetString()!);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync()).RootElement;
}
