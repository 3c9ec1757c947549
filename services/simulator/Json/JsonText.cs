using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EnterpriseHub.Simulator.Json;

/// <summary>Writes and reads JSON without reflection on the hot calls.</summary>
internal static class JsonText
{
    /// <summary>For the control surface only.</summary>
    public static readonly JsonSerializerOptions Control = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
    };

    // JSON.stringify leaves everything but quotes, backslashes and control characters as it is.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? spare;

    public static byte[] Write<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        var buffer = spare ?? new ArrayBufferWriter<byte>(1024);
        spare = null;
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            write(writer, state);
        }
        var bytes = buffer.WrittenSpan.ToArray();
        buffer.ResetWrittenCount();
        if (buffer.Capacity <= 64 * 1024)
        {
            spare = buffer;
        }
        return bytes;
    }

    public static byte[] Object<T>(T state, Action<Utf8JsonWriter, T> members) => Write((state, members), static (writer, given) =>
    {
        writer.WriteStartObject();
        given.members(writer, given.state);
        writer.WriteEndObject();
    });

    public static ReadOnlySpan<byte> Raw(JsonElement element) => JsonMarshal.GetRawUtf8Value(element);

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    public static bool? Flag(this JsonElement element, string name) => element.Member(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : [];

    /// <summary>A time as GHL writes it.</summary>
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
