using System.Text.Json;
using System.Text.RegularExpressions;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

/// <summary>Reads a JSON string whose escapes name half of a surrogate pair.</summary>
internal static partial class LoneSurrogates
{
    /// <param name="raw">The string as it stands in the document, quotes included.</param>
    public static string Replace(string raw) => JsonSerializer.Deserialize<string>(Lone().Replace(raw, "\\uFFFD"))!;

    // An even number of backslashes before it: an escaped backslash followed by the letter u is no escape.
    [GeneratedRegex(@"(?<=(?<!\\)(?:\\\\)*)(?:(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2}))")]
    private static partial Regex Lone();
}
