using System.Text.Json;
using EnterpriseHub.Simulator.Claude.Schemas;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Claude;

/// <summary>Refuses what the real API refuses.</summary>
internal sealed class RequestCheck(SchemaCatalog schemas)
{
    private const string WithoutSampling = "2026-10-21";
    private static readonly string[] Sampling = ["temperature", "top_p", "top_k"];

    public static (string? Key, ClaudeError? Error) Key(HttpRequest request)
    {
        var key = request.Headers["x-api-key"].ToString();
        var bearer = request.Headers.Authorization.ToString();
        if (key.Length == 0 && bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            key = bearer[7..].Trim();
        }
        return key.Length == 0 ? (null, new ClaudeError(401, "authentication_error", "x-api-key header is required"))
            : key == "invalid" ? (null, new ClaudeError(401, "authentication_error", "invalid x-api-key"))
            : (key, null);
    }

    public (ClaudeRequest? Request, ClaudeError? Error) Check(JsonElement body, string apiKey, string version, bool counting)
    {
        if (version.Length == 0)
        {
            return (null, ClaudeError.Invalid("anthropic-version: header is required"));
        }
        if (body.Text("model") is not { Length: > 0 } model)
        {
            return (null, ClaudeError.Invalid("model: Field required"));
        }
        if (!model.StartsWith("claude-", StringComparison.Ordinal))
        {
            return (null, new ClaudeError(404, "not_found_error", $"model: {model}"));
        }
        var maxTokens = 0;
        if (!counting && !(body.Member("max_tokens") is { ValueKind: JsonValueKind.Number } max && max.TryGetInt32(out maxTokens) && maxTokens >= 0))
        {
            return (null, ClaudeError.Invalid("max_tokens: Field required"));
        }
        if (Messages(body) is { } wrong)
        {
            return (null, ClaudeError.Invalid(wrong));
        }
        if (string.CompareOrdinal(version, WithoutSampling) >= 0 && Array.Find(Sampling, name => body.Member(name) is not null) is { } removed)
        {
            return (null, ClaudeError.Invalid($"{removed}: Extra inputs are not permitted"));
        }
        if (body.Member("thinking")?.Text("type") == "enabled")
        {
            return (null, ClaudeError.Invalid("thinking.type: 'enabled' is not supported by this model; use 'adaptive'"));
        }
        var (schema, error) = Schema(body);
        if (error is not null)
        {
            return (null, ClaudeError.Invalid(error));
        }
        var stream = body.Flag("stream") ?? false;
        if (!counting && maxTokens == 0 && (stream || schema is not null || body.Member("tool_choice")?.Text("type") is "any" or "tool"))
        {
            return (null, ClaudeError.Invalid("max_tokens: 0 cannot be used with stream, output_config.format or a forced tool choice"));
        }
        return (new ClaudeRequest { Body = body, ApiKey = apiKey, Model = model, MaxTokens = maxTokens, Stream = stream, Schema = schema }, null);
    }

    private (CompiledSchema? Schema, string? Error) Schema(JsonElement body)
    {
        if (body.Member("output_config")?.Member("format") is not { } format)
        {
            return (null, null);
        }
        if (format.Text("type") != "json_schema" || format.Member("schema") is not { ValueKind: JsonValueKind.Object } schema)
        {
            return (null, "output_config.format: type must be 'json_schema' with a schema");
        }
        try
        {
            return (schemas.Compile(schema), null);
        }
        catch (SchemaException wrong)
        {
            return (null, "output_config.format.schema: " + wrong.Message);
        }
    }

    private static string? Messages(JsonElement body)
    {
        if (body.Member("messages") is not { ValueKind: JsonValueKind.Array } messages || messages.GetArrayLength() == 0)
        {
            return "messages: at least one message is required";
        }
        string? last = null;
        foreach (var message in messages.EnumerateArray())
        {
            last = message.Text("role");
            if (last is not ("user" or "assistant" or "system"))
            {
                return "messages: role must be 'user', 'assistant' or 'system'";
            }
            var content = message.Member("content");
            if (content is null || (content.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Array)))
            {
                return "messages: content: Field required";
            }
        }
        return last == "assistant" ? "messages: this model does not support assistant message prefill" : null;
    }
}
