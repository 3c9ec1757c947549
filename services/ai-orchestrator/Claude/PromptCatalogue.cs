using System.Text.Json;
using EnterpriseHub.AiOrchestrator.Qualification;

namespace EnterpriseHub.AiOrchestrator.Claude;

/// <summary>One kind of question to the model. Text and schema are frozen: a change is a new version, or the prompt cache starts cold.</summary>
/// <param name="Purpose">Name in costs and telemetry.</param>
/// <param name="System">System text, the cached prefix.</param>
/// <param name="Schema">JSON schema of the answer.</param>
internal sealed record Prompt(string Purpose, string System, IReadOnlyDictionary<string, JsonElement> Schema)
{
    public const string AnalyzePurpose = "analyze";
    public const string DraftPurpose = "draft";

    public static readonly Prompt Analyze = new(AnalyzePurpose, Read("analyze-1.md"), AnswerSchemas.Analysis);

    public static readonly Prompt Draft = new(DraftPurpose, Read("draft-1.md"), AnswerSchemas.Draft);

    private static string Read(string file)
    {
        using var stream = typeof(Prompt).Assembly.GetManifestResourceStream($"EnterpriseHub.AiOrchestrator.Claude.Prompts.{file}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>Schemas in the subset that structured outputs take: closed objects, everything required, null by anyOf.</summary>
internal static class AnswerSchemas
{
    public static readonly IReadOnlyDictionary<string, JsonElement> Analysis = Write($$"""
        {
          "type": "object", "additionalProperties": false,
          "required": ["intent", "sentiment", "urgency", "language", "objections", "facts", "needs_human", "opt_out"],
          "properties": {
            "intent": { "type": "string", "enum": ["sell", "buy", "question", "appointment", "objection", "human_request", "opt_out", "greeting", "other"] },
            "sentiment": { "type": "string", "enum": ["positive", "neutral", "negative"] },
            "urgency": { "type": "string", "enum": ["low", "medium", "high"] },
            "language": { "type": "string", "enum": ["en", "es", "other"] },
            "objections": { "type": "array", "items": { "type": "string" } },
            "facts": {
              "type": "object", "additionalProperties": false,
              "required": [{{string.Join(", ", LeadFields.Told.Select(field => $"\"{field}\""))}}],
              "properties": { {{string.Join(", ", LeadFields.Told.Select(field => $"\"{field}\": {Nullable(TypeOf(field))}"))}} }
            },
            "needs_human": { "type": "boolean" },
            "opt_out": { "type": "boolean" }
          }
        }
        """);

    public static readonly IReadOnlyDictionary<string, JsonElement> Draft = Write($$"""
        {
          "type": "object", "additionalProperties": false,
          "required": ["reply", "asks", "needs_human"],
          "properties": {
            "reply": { "type": "string" },
            "asks": { "type": "string", "enum": [{{string.Join(", ", QuestionCatalogue.Keys.Append(Claude.Draft.AsksNothing).Select(key => $"\"{key}\""))}}] },
            "needs_human": { "type": "boolean" }
          }
        }
        """);

    private static string TypeOf(string field) => field switch
    {
        LeadFields.TimelineAccepted => "boolean",
        LeadFields.Price or LeadFields.BudgetMin or LeadFields.BudgetMax or LeadFields.Bedrooms => "integer",
        LeadFields.Bathrooms => "number",
        _ => "string",
    };

    private static string Nullable(string type) => $$"""{ "anyOf": [{ "type": "{{type}}" }, { "type": "null" }] }""";

    private static Dictionary<string, JsonElement> Write(string schema) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(schema)!;
}
