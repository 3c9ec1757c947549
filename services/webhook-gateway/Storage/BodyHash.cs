using System.Security.Cryptography;
using System.Text;

namespace EnterpriseHub.WebhookGateway.Storage;

/// <summary>Hash of a message's text that survives what HighLevel does to it: outer and repeated white space, case of line ends, composition.</summary>
internal static class BodyHash
{
    public static string Of(string text)
    {
        var words = text.Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', words))));
    }
}
