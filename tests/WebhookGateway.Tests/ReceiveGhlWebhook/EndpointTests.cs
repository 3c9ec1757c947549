using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

public sealed class EndpointTests(IntakeHost host) : IClassFixture<IntakeHost>
{
    private static readonly byte[] Small = """{"type":"Hello","webhookId":"w1"}"""u8.ToArray();

    [Fact]
    public async Task Accepts_a_signed_body() => Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(Small)).StatusCode);

    [Fact]
    public async Task Refuses_every_change_of_one_byte()
    {
        var signature = SigningKey.Test.SignBase64(Small);
        for (var place = 0; place < Small.Length; place++)
        {
            var changed = (byte[])Small.Clone();
            changed[place] ^= 1;
            await RefusesAsync(changed, signature);
        }
        await RefusesAsync(Small[..^1], signature);
        await RefusesAsync([.. Small, (byte)' '], signature);
    }

    public static TheoryData<string, string> WrongSignatures => new()
    {
        { "nothing", "" },
        { "not applicable", "N/A" },
        { "cut", SigningKey.Test.SignBase64(Small)[..84] },
        { "without padding", SigningKey.Test.SignBase64(Small).TrimEnd('=') },
        { "url-safe", SigningKey.Test.SignBase64(Small).Replace('+', '-').Replace('/', '_').TrimEnd('=') + "-_" },
        { "doubled", SigningKey.Test.SignBase64(Small) + "," + SigningKey.Test.SignBase64(Small) },
        { "hexadecimal", Convert.ToHexStringLower(SigningKey.Test.Sign(Small)) },
        { "63 bytes", Convert.ToBase64String(SigningKey.Test.Sign(Small)[..63]) },
        { "65 bytes", Convert.ToBase64String([.. SigningKey.Test.Sign(Small), 0]) },
        { "as long as RSA's", Convert.ToBase64String(new byte[512]) },
        { "another key's", new SigningKey([.. Enumerable.Repeat((byte)7, 32)]).SignBase64(Small) },
        { "a blank inside", SigningKey.Test.SignBase64(Small).Insert(44, " ") },
        { "a HMAC", Convert.ToBase64String(System.Security.Cryptography.HMACSHA512.HashData("secret"u8, Small)) },
    };

    [Theory]
    [MemberData(nameof(WrongSignatures))]
    public async Task Refuses_a_signature_that_is(string what, string signature)
    {
        Assert.NotEmpty(what);
        await RefusesAsync(Small, signature);
    }

    [Fact]
    public async Task Refuses_two_signature_headers() => Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(
        Small, request => request.Headers.TryAddWithoutValidation("X-GHL-Signature", SigningKey.Test.SignBase64(Small)))).StatusCode);

    [Fact]
    public async Task Takes_the_header_in_any_case() => Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(Small, request =>
    {
        request.Headers.Remove("X-GHL-Signature");
        request.Headers.TryAddWithoutValidation("x-ghl-SIGNATURE", SigningKey.Test.SignBase64(Small));
    })).StatusCode);

    [Fact]
    public async Task Verifies_the_bytes_and_not_their_meaning()
    {
        var spaced = Encoding.UTF8.GetBytes("{ \"type\" :\t\"Hello\",\n\"webhookId\":\"w\\u0032\", \"name\":\"\\u00e9\" }");
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(spaced)).StatusCode);
        await RefusesAsync(JsonSerializer.SerializeToUtf8Bytes(JsonDocument.Parse(spaced)), SigningKey.Test.SignBase64(spaced));
    }

    [Fact]
    public async Task Takes_a_chunked_body() =>
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(Small, request => request.Headers.TransferEncodingChunked = true)).StatusCode);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refuses_a_body_of_more_than_256_kB(bool chunked)
    {
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(Sized(256 * 1024))).StatusCode);
        var answer = await host.SendAsync(Sized(256 * 1024 + 1), request => request.Headers.TransferEncodingChunked = chunked);
        await IsProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task Refuses_other_media_types(string? type) => await IsProblemAsync(
        await host.SendAsync(Small, request => request.Content!.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type)),
        HttpStatusCode.UnsupportedMediaType);

    [Fact]
    public async Task Takes_the_charset_that_JSON_has_anyway() => Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(
        Small, request => request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=UTF-8"))).StatusCode);

    [Fact]
    public async Task Refuses_a_compressed_body()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(Small);
        }
        var answer = await host.SendAsync(packed.ToArray(), request => request.Content!.Headers.ContentEncoding.Add("gzip"));
        await IsProblemAsync(answer, HttpStatusCode.UnsupportedMediaType);
    }

    public static TheoryData<string, byte[]> WrongBodies => new()
    {
        { "empty", [] },
        { "no JSON", "hello"u8.ToArray() },
        { "an array", "[]"u8.ToArray() },
        { "a text", "\"type\""u8.ToArray() },
        { "cut", "{\"type\":\"Hello\""u8.ToArray() },
        { "after a BOM", [0xEF, 0xBB, 0xBF, .. Small] },
        { "with a doubled name", """{"type":"Hello","type":"Bye"}"""u8.ToArray() },
        { "with a doubled name inside", """{"type":"Hello","a":{"b":1,"b":2}}"""u8.ToArray() },
        { "too deep", Encoding.UTF8.GetBytes($"{{\"type\":\"Hello\",\"a\":{new string('[', 40)}{new string(']', 40)}}}") },
        { "without a type", """{"hello":1}"""u8.ToArray() },
        { "with a type that is no text", """{"type":{}}"""u8.ToArray() },
        { "not UTF-8", [.. "{\"type\":\"Hel"u8, 0xC3, 0x28, .. "\"}"u8] },
    };

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task Refuses_a_signed_body_that_is(string what, byte[] body)
    {
        Assert.NotEmpty(what);
        await IsProblemAsync(await host.SendAsync(body), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_signature_comes_before_the_meaning() => await RefusesAsync("hello"u8.ToArray(), "N/A");

    [Theory]
    [InlineData("""{"type":"InboundMessage","locationId":"LL","contactId":"c","conversationId":"v","body":"cut \ud83d","messageId":"m1"}""")]
    [InlineData("""{"type":"InboundMessage","locationId":"LL","contactId":"c\u0000","conversationId":"v","body":"nul \u0000 here","messageId":"m2"}""")]
    [InlineData("""{"type":"InboundMessage","locationId":"LL","contactId":["c"],"conversationId":{"a":1},"body":12,"messageId":true,"attachments":"x","from":{},"to":[{}]}""")]
    [InlineData("""{"type":"ContactTagUpdate","locationId":"LL","id":7,"tags":{"a":1},"customFields":[{"id":"f","value":{"x":1}},3,null],"dnd":"true"}""")]
    [InlineData("""{"type":"AppointmentCreate","locationId":"LL","appointment":[]}""")]
    [InlineData("""{"type":"OpportunityCreate","locationId":"LL","id":null,"timestamp":"yesterday"}""")]
    public async Task Odd_members_are_stored_and_answered_200(string json)
    {
        var location = await host.LocationAsync();
        var answer = await host.SendAsync(Encoding.UTF8.GetBytes(json.Replace("LL", location, StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_id_of_100_kB_is_no_id()
    {
        var location = await host.LocationAsync();
        var message = Payloads.Text(location, "hello");
        message["webhookId"] = new string('w', 100_000);
        message["messageId"] = new string('m', 100_000);
        Assert.Equal("accepted", await host.AcceptAsync(message));
        Assert.Equal("duplicate", await host.AcceptAsync(message));
    }

    private async Task RefusesAsync(byte[] body, string signature)
    {
        var answer = await host.SendAsync(body, request =>
        {
            request.Headers.Remove("X-GHL-Signature");
            request.Headers.TryAddWithoutValidation("X-GHL-Signature", signature);
        });
        await IsProblemAsync(answer, HttpStatusCode.Unauthorized);
    }

    private static async Task IsProblemAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    private static byte[] Sized(int bytes)
    {
        var head = $$"""{"type":"Hello","webhookId":"{{Guid.CreateVersion7()}}","fill":"{{string.Empty}}""";
        return Encoding.UTF8.GetBytes(head + new string('x', bytes - head.Length - 2) + "\"}");
    }
}
