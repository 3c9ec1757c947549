using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>Tolerant reading: GHL's answers differ from its documents (string or array, wrapped or flat, missing).</summary>
internal static class GhlJson
{
    public static readonly JsonSerializerOptions Write = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>A member, or an undefined element.</summary>
    public static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    /// <summary>A text that is not empty; ids that come as numbers are written out.</summary>
    public static string? Text(JsonElement element, string name)
    {
        var member = Member(element, name);
        var text = member.ValueKind switch
        {
            JsonValueKind.String => JsonText.Of(member),
            JsonValueKind.Number => member.GetRawText(),
            _ => null,
        };
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>A text, or the texts of an array joined.</summary>
    public static string Sentence(JsonElement element, string name)
    {
        var member = Member(element, name);
        return member.ValueKind == JsonValueKind.Array ? string.Join("; ", Texts(member)) : Text(element, name) ?? "";
    }

    /// <summary>The texts of an array; of a single text too.</summary>
    public static IEnumerable<string> Texts(JsonElement array) => array.ValueKind switch
    {
        JsonValueKind.Array => array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(JsonText.Of),
        JsonValueKind.String => [JsonText.Of(array)],
        _ => [],
    };

    /// <summary>The items of an array, or none.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement array) =>
        array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : [];

    /// <summary>True only for a true that is really there.</summary>
    public static bool IsTrue(JsonElement element, string name) => Member(element, name).ValueKind == JsonValueKind.True;

    /// <summary>A number that may come as a text.</summary>
    public static long? Whole(JsonElement element, string name) =>
        double.TryParse(Text(element, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (long)number : null;

    /// <summary>A time as ISO text or Unix milliseconds; null when it is neither or no time of this era.</summary>
    public static DateTimeOffset? Time(JsonElement element, string name) =>
        Member(element, name).ValueKind == JsonValueKind.Number
            ? OfUnix(Whole(element, name))
            : DateTimeOffset.TryParse(Text(element, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static DateTimeOffset? OfUnix(long? milliseconds) =>
        milliseconds is { } told && told >= 0 && told <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(told) : null;

    /// <summary>Any value as text: a list joined, an object as it came.</summary>
    public static string Flat(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonText.Of(value),
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => string.Join(", ", Texts(value)),
        _ => value.GetRawText(),
    };
}
