using System.Text.Json;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Claude;

/// <summary>A message of the simulated Claude.</summary>
internal sealed record ClaudeAnswer
{
    public string Id { get; } = SimIds.Claude("msg_01");

    public required string Model { get; init; }

    /// <summary>Null writes no content block.</summary>
    public required string? Text { get; init; }

    public required string StopReason { get; init; }

    public required PromptCharge Charge { get; init; }

    public int OutputTokens => Text is null ? 0 : Math.Max(1, Text.Length / 4);

    public byte[] ToJson() => JsonText.Object(this, static (writer, answer) =>
    {
        answer.WriteHead(writer);
        writer.WriteStartArray("content");
        if (answer.Text is not null)
        {
            writer.WriteStartObject();
            writer.WriteString("type", "text");
            writer.WriteString("text", answer.Text);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        answer.WriteStop(writer);
        answer.WriteUsage(writer, answer.OutputTokens);
    });

    public void WriteHead(Utf8JsonWriter writer)
    {
        writer.WriteString("id", Id);
        writer.WriteString("type", "message");
        writer.WriteString("role", "assistant");
        writer.WriteString("model", Model);
    }

    public void WriteStop(Utf8JsonWriter writer)
    {
        writer.WriteString("stop_reason", StopReason);
        writer.WriteNull("stop_sequence");
        if (StopReason == "refusal")
        {
            writer.WriteStartObject("stop_details");
            writer.WriteString("type", "refusal");
            writer.WriteNull("category");
            writer.WriteString("explanation", "Simulated refusal.");
            writer.WriteEndObject();
        }
    }

    public void WriteUsage(Utf8JsonWriter writer, int outputTokens)
    {
        writer.WriteStartObject("usage");
        writer.WriteNumber("input_tokens", Charge.Input);
        writer.WriteNumber("cache_creation_input_tokens", Charge.Written5m + Charge.Written1h);
        writer.WriteNumber("cache_read_input_tokens", Charge.Read);
        writer.WriteStartObject("cache_creation");
        writer.WriteNumber("ephemeral_5m_input_tokens", Charge.Written5m);
        writer.WriteNumber("ephemeral_1h_input_tokens", Charge.Written1h);
        writer.WriteEndObject();
        writer.WriteNumber("output_tokens", outputTokens);
        writer.WriteString("service_tier", "standard");
        writer.WriteEndObject();
    }
}
