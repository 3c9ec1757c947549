using Microsoft.Extensions.Primitives;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Signature;

/// <summary>Whether HighLevel signed these bytes. The header names the algorithm; a bad new header is never rescued by the old one.</summary>
internal sealed class SignatureCheck(WebhookKeys keys)
{
    public const string Header = "X-GHL-Signature";
    public const string OldHeader = "X-WH-Signature";

    public bool IsSigned(IHeaderDictionary headers, byte[] body) =>
        IsMissing(headers[Header])
            ? !IsMissing(headers[OldHeader]) && Verifies(headers[OldHeader], body, keys.Rsa)
            : Verifies(headers[Header], body, keys.Ed25519);

    /// <summary>HighLevel writes <c>N/A</c> where it has no signature.</summary>
    private static bool IsMissing(StringValues header) =>
        header.Count == 0 || (header.Count == 1 && (string.IsNullOrWhiteSpace(header[0]) || header[0] == "N/A"));

    private static bool Verifies(StringValues header, byte[] body, IReadOnlyList<IVerifyingKey> keys)
    {
        if (header.Count != 1 || Decode(header[0]!) is not { } signature)
        {
            return false;
        }
        foreach (var key in keys)
        {
            if (key.SignatureLength == signature.Length && key.Verifies(body, signature))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Plain base64, padded, canonical, nothing around it: one signature has one spelling.</summary>
    private static byte[]? Decode(string text)
    {
        if (text.Length > 2048)
        {
            return null;
        }
        var bytes = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text
            ? bytes[..length]
            : null;
    }
}
