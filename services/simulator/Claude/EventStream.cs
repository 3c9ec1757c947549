using System.Text.Json;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Claude;

/// <summary>The events of a streamed answer, in their order.</summary>
internal static class EventStream
{
    public static readonly byte[] Ping = Event("ping", 0, static (_, _) => { });

    public static readonly byte[] BlockStop = Event("content_block_stop", 0, static (writer, index) => writer.WriteNumber("index", index));

    public static readonly byte[] Stop = Event("message_stop", 0, static (_, _) => { });

    public static readonly byte[] BlockStart = Event("content_block_start", 0, static (writer, index) =>
    {
        writer.WriteNumber("index", index);
        writer.WriteStartObject("content_block");
        writer.WriteString("type", "text");
        writer.WriteString("text", "");
        writer.WriteEndObject();
    });

    public static byte[] Start(ClaudeAnswer answer) => Event("message_start", answer, static (writer, given) =>
    {
        writer.WriteStartObject("message");
        given.WriteHead(writer);
        writer.WriteStartArray("content");
        writer.WriteEndArray();
        writer.WriteNull("stop_reason");
        writer.WriteNull("stop_sequence");
        given.WriteUsage(writer, 1);
        writer.WriteEndObject();
    });

    public static byte[] Delta(string text) => Event("content_block_delta", text, static (writer, piece) =>
    {
        writer.WriteNumber("index", 0);
        writer.WriteStartObject("delta");
        writer.WriteString("type", "text_delta");
        writer.WriteString("text", piece);
        writer.WriteEndObject();
    });

    public static byte[] End(ClaudeAnswer answer) => Event("message_delta", answer, static (writer, given) =>
    {
        writer.WriteStartObject("delta");
        given.WriteStop(writer);
        writer.WriteEndObject();
        given.WriteUsage(writer, given.OutputTokens);
    });

    public static byte[] Failure(ClaudeError error, string requestId) => Frame("error", error.ToJson(requestId));

    private static byte[] Event<T>(string name, T state, Action<Utf8JsonWriter, T> members) =>
        Frame(name, JsonText.Object((name, state, members), static (writer, given) =>
        {
            writer.WriteString("type", given.name);
            given.members(writer, given.state);
        }));

    private static byte[] Frame(string name, byte[] data) => [.. "event: "u8, .. System.Text.Encoding.UTF8.GetBytes(name), .. "\ndata: "u8, .. data, .. "\n\n"u8];
}
