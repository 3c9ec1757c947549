using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;

/// <summary>Reads a request as the bytes that were sent; what was signed is these bytes and nothing else.</summary>
internal static class RawBody
{
    /// <returns>The bytes, or why they were not read.</returns>
    public static async Task<(byte[] Bytes, Refusal? Refusal)> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsPlainJson(request))
        {
            return ([], Refusal.WrongMediaType);
        }
        if (request.ContentLength > IntakeOptions.MaxBodyBytes)
        {
            return ([], Refusal.TooLarge);
        }
        // The server's own limit must not speak first: its answer would not be problem+json.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = IntakeOptions.MaxBodyBytes + 64 * 1024;
        }
        try
        {
            return await ReadAllAsync(request, context.RequestAborted);
        }
        catch (BadHttpRequestException broken)
        {
            return ([], broken.StatusCode == 413
                ? Refusal.TooLarge
                : new Refusal(broken.StatusCode, "invalid", "The request is broken", "The body did not arrive whole."));
        }
    }

    private static async Task<(byte[] Bytes, Refusal? Refusal)> ReadAllAsync(HttpRequest request, CancellationToken cancellation)
    {
        var bytes = new byte[request.ContentLength ?? 4096];
        var length = 0;
        while (true)
        {
            if (length == bytes.Length)
            {
                if (length > IntakeOptions.MaxBodyBytes)
                {
                    return ([], Refusal.TooLarge);
                }
                // One byte more than announced shows the end of the body.
                Array.Resize(ref bytes, request.ContentLength is null ? Math.Min(length * 2, IntakeOptions.MaxBodyBytes + 1) : length + 1);
            }
            var read = await request.Body.ReadAsync(bytes.AsMemory(length), cancellation);
            if (read == 0)
            {
                return (bytes[..length], null);
            }
            length += read;
        }
    }

    private static bool IsPlainJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Value!.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.All(encoding => string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase));
}
