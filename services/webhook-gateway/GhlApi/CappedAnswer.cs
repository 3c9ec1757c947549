using System.Text.Json;

namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>Reads an answer of at most 1 MB.</summary>
internal static class CappedAnswer
{
    private const int Cap = 1 << 20;

    /// <summary>The answer as JSON; undefined when it is empty, too large or not JSON.</summary>
    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength > Cap)
        {
            return default;
        }
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var bytes = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellation)) > 0)
        {
            if (bytes.Length + read > Cap)
            {
                return default;
            }
            bytes.Write(chunk, 0, read);
        }
        return Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
