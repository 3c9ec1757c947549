using System.Globalization;
using System.Text;
using EnterpriseHub.TestKit.Fuzz;
using EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

namespace EnterpriseHub.WebhookGateway.Tests.Fuzz;

/// <summary>Heads that no client would write, over a socket. The server may refuse one before our code sees it, but never break on it.</summary>
public sealed class HeaderFuzzTests(FuzzHost host) : IClassFixture<FuzzHost>
{
    private static readonly string[] Types =
    [
        "application/json", "application/json", "APPLICATION/JSON", "application/json;charset=utf-8", "application/json; charset=\"UTF-8\"", "application/json; charset=utf-16", "application/json, text/plain",
        "application/jsonp", "text/json", "application/*", "*/*", ";", "application/json;;;", "application/json; charset", "multipart/form-data", "application/x-www-form-urlencoded",
    ];

    private static readonly string[] Extra =
    [
        "Content-Encoding: gzip", "Content-Encoding: identity", "Content-Encoding: ", "Content-Encoding: br, gzip", "Expect: 100-continue", "X-Forwarded-For: 1.2.3.4", "X-Forwarded-Host: evil", "Host: other",
        "Transfer-Encoding: gzip", "Content-Length: 5", "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 1e3", "Upgrade: h2c", "Connection: close, upgrade", "X: \u00ff\u0080", "x-ghl-signature: N/A",
        "X-WH-Signature: AAAA", "X-Api-Key: wrong", "Authorization: Basic !!", "Cookie: a=b; \u00ff", "traceparent: 00-zz-zz-00", "Range: bytes=0-1", "If-Match: *", "Accept: image/png", "Content-Type: text/plain",
    ];

    [Fact]
    public async Task Any_head_is_answered_and_never_breaks_the_server()
    {
        var answers = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        var server = host.Anonymous.BaseAddress!;
        await FuzzRun.EachAsync("heads", 400, 32, async one =>
        {
            var body = Encoding.UTF8.GetBytes($"{{\"type\":\"Hello\",\"webhookId\":\"head-{one.Number}\"}}");
            var (head, sent) = Head(one.Random, body);
            one.Input = [.. Encoding.Latin1.GetBytes(head), .. sent];
            var (status, answer) = await RawRequest.SendAsync(server, head, sent, TimeSpan.FromMilliseconds(500));
            answers.AddOrUpdate(status, 1, (_, count) => count + 1);
            // 505: the request line names another HTTP; the web server says so by itself.
            Assert.True(status is 0 or 200 or 505 or (>= 400 and < 500 and not 429), answer);
        });
        Assert.Empty(host.Log.Errors);
        Assert.True(answers[200] > 5 && answers[400] > 5 && answers[401] > 5 && answers[415] > 5, string.Join(", ", answers));
        // Alive, and not confused by what was left on any connection.
        Assert.Equal(200, (int)(await host.SendAsync("{\"type\":\"Hello\"}"u8.ToArray())).StatusCode);
    }

    private static (string Head, byte[] Body) Head(Random random, byte[] body)
    {
        var signature = SigningKey.Test.SignBase64(body);
        var lines = new List<string>
        {
            "POST /webhooks/ghl HTTP/1.1", "Host: localhost", "Connection: close", $"Content-Type: {Types[random.Next(Types.Length)]}",
            random.Next(6) switch
            {
                0 => $"x-ghl-SIGNATURE:{signature}",
                1 => $"X-GHL-Signature: {signature}\r\n {signature}",
                2 => $"X-GHL-Signature: {signature}\r\nX-GHL-Signature: {signature}",
                _ => $"X-GHL-Signature: {signature}",
            },
        };
        var sent = Framed(random, lines, body);
        for (var more = random.Next(3); more > 0; more--)
        {
            lines.Insert(random.Next(1, lines.Count + 1), Extra[random.Next(Extra.Length)]);
        }
        var head = string.Join("\r\n", lines) + "\r\n\r\n";
        return random.Next(4) == 0 ? (Encoding.Latin1.GetString(ByteMutator.Change(random, Encoding.Latin1.GetBytes(head))), sent) : (head, sent);
    }

    private static byte[] Framed(Random random, List<string> lines, byte[] body)
    {
        if (random.Next(3) == 0)
        {
            lines.Add("Transfer-Encoding: chunked");
            var half = body.Length / 2;
            var size = random.Next(6) == 0 ? "zz" : half.ToString("x", CultureInfo.InvariantCulture);
            return [.. Encoding.ASCII.GetBytes($"{size}\r\n"), .. body[..half], .. Encoding.ASCII.GetBytes($"\r\n{body.Length - half:x};ext=1\r\n"), .. body[half..], .. "\r\n0\r\n\r\n"u8];
        }
        var length = random.Next(6) switch { 0 => body.Length + 7, 1 => body.Length - 3, 2 => 262_145, _ => body.Length };
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}"));
        return body;
    }
}
