using System.Text.Json;
using System.Text.Unicode;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

/// <summary>Reads a body as one JSON object that has one meaning only.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 1000 };

    /// <returns>The object, or in plain words why there is none.</returns>
    public static (JsonElement Body, string? Wrong) Read(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return (default, "The body is empty.");
        }
        if (!Utf8.IsValid(bytes))
        {
            return (default, "The body is not UTF-8.");
        }
        if (Parse(bytes, Strict) is not { } body)
        {
            return (default, WhyNot(bytes));
        }
        return body.ValueKind == JsonValueKind.Object ? (body, null) : (default, "The body is not a JSON object.");
    }

    private static string WhyNot(byte[] bytes)
    {
        if (Parse(bytes, Lenient) is null)
        {
            return "The body is not valid JSON.";
        }
        return Parse(bytes, Lenient with { MaxDepth = Strict.MaxDepth }) is null
            ? $"The JSON is nested deeper than {Strict.MaxDepth} levels."
            : "The JSON has two properties of one name in an object.";
    }

    private static JsonElement? Parse(byte[] bytes, JsonDocumentOptions options)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, options);
            return document.RootElement.Clone();
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
