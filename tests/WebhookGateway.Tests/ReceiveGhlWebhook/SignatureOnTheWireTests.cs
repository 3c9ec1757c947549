using System.Globalization;
using System.IO.Compression;
using System.Text;
using EnterpriseHub.WebhookGateway.Tests.Fuzz;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

/// <summary>What only a socket can show: the signature is over the bytes that the body is, however they were framed.</summary>
public sealed class SignatureOnTheWireTests(IntakeHost host) : IClassFixture<IntakeHost>
{
    private static readonly byte[] Body = "{\"type\":\"Hello\",\"webhookId\":\"wire\"}"u8.ToArray();
    private static readonly string Signature = SigningKey.Test.SignBase64(Body);

    [Theory]
    [InlineData("X-GHL-Signature: {0}", 200)]
    [InlineData("x-ghl-signature:{0}", 200)]
    [InlineData("X-GHL-SIGNATURE: \t{0} ", 200)]
    [InlineData("X-GHL-Signature: {0}\r\nX-GHL-Signature: {0}", 401)]
    [InlineData("X-GHL-Signature: {0}\r\nx-ghl-signature: N/A", 401)]
    [InlineData("X-GHL-Signature: {0}, {0}", 401)]
    [InlineData("X-GHL-Signature:\r\n {0}", 400)]
    [InlineData("X-GHL-Signature : {0}", 400)]
    [InlineData("X-WH-Signature: {0}", 401)]
    [InlineData("X_GHL_Signature: {0}", 401)]
    public async Task The_header_counts_once_in_any_case_and_never_folded(string line, int status) =>
        Assert.Equal(status, (await SendAsync(string.Format(CultureInfo.InvariantCulture, line, Signature), Body)).Status);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Chunks_of_any_size_are_one_body(int size) =>
        Assert.Equal(200, (await SendAsync($"X-GHL-Signature: {Signature}\r\nTransfer-Encoding: chunked", Chunks(Body, size), hasLength: false)).Status);

    [Fact]
    public async Task A_byte_changed_in_a_chunk_is_seen()
    {
        var changed = (byte[])Body.Clone();
        changed[^3] ^= 1;
        Assert.Equal(401, (await SendAsync($"X-GHL-Signature: {Signature}\r\nTransfer-Encoding: chunked", Chunks(changed, 7), hasLength: false)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_gzip_body_is_refused_whichever_bytes_were_signed(bool signedPacked)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(Body);
        }
        var signature = signedPacked ? SigningKey.Test.SignBase64(packed.ToArray()) : Signature;
        Assert.Equal(415, (await SendAsync($"X-GHL-Signature: {signature}\r\nContent-Encoding: gzip", packed.ToArray())).Status);
        // Unannounced it is no JSON, and signed or not it is not stored.
        Assert.Equal(signedPacked ? 400 : 401, (await SendAsync($"X-GHL-Signature: {signature}", packed.ToArray())).Status);
    }

    [Fact]
    public async Task A_BOM_is_part_of_the_body_and_no_JSON()
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, .. Body];
        Assert.Equal(401, (await SendAsync($"X-GHL-Signature: {Signature}", marked)).Status);
        Assert.Equal(400, (await SendAsync($"X-GHL-Signature: {SigningKey.Test.SignBase64(marked)}", marked)).Status);
    }

    [Theory]
    [InlineData("""{"type":"Hello","type":"Hello"}""")]
    [InlineData("""{"type":"Hello","\u0074ype":"Bye"}""")]
    [InlineData("""{"type":"Hello","a":[{"b":1,"b":1}]}""")]
    public async Task Two_names_alike_are_refused_though_signed(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        Assert.Equal(400, (await SendAsync($"X-GHL-Signature: {SigningKey.Test.SignBase64(body)}", body)).Status);
    }

    private Task<(int Status, string Answer)> SendAsync(string lines, byte[] body, bool hasLength = true) => RawRequest.SendAsync(
        host.Anonymous.BaseAddress!,
        $"POST /webhooks/ghl HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n{lines}\r\n{(hasLength ? $"Content-Length: {body.Length}\r\n" : "")}\r\n",
        body,
        TimeSpan.FromSeconds(120));

    private static byte[] Chunks(byte[] body, int size) =>
        [.. body.Chunk(size).SelectMany(chunk => (byte[])[.. Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"), .. chunk, .. "\r\n"u8]), .. "0\r\n\r\n"u8];
}
