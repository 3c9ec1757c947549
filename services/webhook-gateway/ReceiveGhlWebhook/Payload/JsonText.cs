using System.Text.Json;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

/// <summary>A JSON string as a text that every store takes.</summary>
internal static class JsonText
{
    /// <summary>PostgreSQL keeps no NUL in a text, and half of a surrogate pair (a text cut inside an emoji) is no text at all.</summary>
    public static string Of(JsonElement value)
    {
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            text = LoneSurrogates.Replace(value.GetRawText());
        }
        return text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", string.Empty, StringComparison.Ordinal) : text;
    }
}
