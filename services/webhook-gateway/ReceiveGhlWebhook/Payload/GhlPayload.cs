using System.Globalization;
using System.Text.Json;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

/// <summary>A tolerant view of one JSON object of HighLevel's: a member that is missing or of another kind reads as absent.</summary>
internal readonly struct GhlPayload(JsonElement element)
{
    /// <summary>Longer ids are nobody's, and would not fit an index.</summary>
    private const int LongestId = 200;

    public bool Has(string name) => Find(name) is not null;

    public bool IsArray(string name) => Find(name) is { ValueKind: JsonValueKind.Array };

    /// <summary>A member object; empty when it is missing.</summary>
    public GhlPayload Object(string name) => new(Find(name) is { ValueKind: JsonValueKind.Object } child ? child : default);

    public string? Text(string name) => Find(name) is { } value ? TextOf(value) : null;

    /// <summary>The first of several spellings that has a text.</summary>
    public string? FirstText(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Text(name) is { Length: > 0 } text)
            {
                return text;
            }
        }
        return null;
    }

    public string? Id(string name) => Text(name)?.Trim() is { Length: > 0 and <= LongestId } id ? id : null;

    public bool? Flag(string name) => Find(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => Text(name) switch { "true" => true, "false" => false, _ => null },
        _ => null,
    };

    /// <summary>A time before 1970 is a clock that was never set: taken as absent, or a STOP would count from before there was any.</summary>
    public DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            && time > DateTimeOffset.UnixEpoch
            ? time
            : null;

    /// <summary>Texts of an array, or of one comma-separated text.</summary>
    public IReadOnlyList<string>? Texts(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Select(TextOf).OfType<string>().Where(text => text.Length > 0)],
        { ValueKind: JsonValueKind.String } => Text(name)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        _ => null,
    };

    public IEnumerable<GhlPayload> Objects(string name) => Find(name) is { ValueKind: JsonValueKind.Array } array
        ? array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new GhlPayload(item))
        : [];

    public IEnumerable<(string Name, GhlPayload Value)> Members(string name) => Find(name) is { ValueKind: JsonValueKind.Object } child
        ? child.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object).Select(member => (member.Name, new GhlPayload(member.Value)))
        : [];

    public int Count(string name) => Find(name) is { ValueKind: JsonValueKind.Array } array ? array.GetArrayLength() : 0;

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonText.Of(value),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(TextOf).OfType<string>()),
        _ => null,
    };

    private JsonElement? Find(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
