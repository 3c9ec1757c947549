using System.Text.Json.Nodes;

namespace EnterpriseHub.Architecture.Tests.Deploy;

/// <summary>
/// As much of JSON Schema as Kubernetes' schemas use. Strict: a field that the schema does not know is an error, unless it
/// preserves unknown fields. Value ranges and CEL rules are not run.
/// </summary>
internal sealed class StrictSchema(JsonNode root)
{
    public IReadOnlyList<string> Errors(JsonNode? value, JsonNode schema)
    {
        var errors = new List<string>();
        Check(value, schema, "$", errors);
        return errors;
    }

    private void Check(JsonNode? value, JsonNode schema, string path, List<string> errors)
    {
        if (schema is not JsonObject rules)
        {
            return;
        }
        if (rules["$ref"] is { } reference)
        {
            Check(value, root["definitions"]![reference.GetValue<string>()["#/definitions/".Length..]]!, path, errors);
            return;
        }
        if (rules["anyOf"] is JsonArray choices && rules["x-kubernetes-int-or-string"] is null
            && !choices.Any(choice => new StrictSchema(root).Errors(value, choice!).Count == 0))
        {
            errors.Add($"{path}: none of the allowed forms");
        }
        if (rules["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value)))
        {
            errors.Add($"{path}: {value?.ToJsonString()} is not one of {allowed.ToJsonString()}");
        }
        if (!HasType(value, rules))
        {
            errors.Add($"{path}: {value?.ToJsonString() ?? "null"} is no {rules["type"]!.ToJsonString()}");
            return;
        }
        switch (value)
        {
            case JsonObject entries:
                CheckObject(entries, rules, path, errors);
                break;
            case JsonArray items when rules["items"] is { } item:
                for (var index = 0; index < items.Count; index++)
                {
                    Check(items[index], item, $"{path}[{index}]", errors);
                }
                break;
        }
    }

    private void CheckObject(JsonObject entries, JsonObject rules, string path, List<string> errors)
    {
        errors.AddRange(
            from required in rules["required"]?.AsArray() ?? []
            where !entries.ContainsKey(required!.GetValue<string>())
            select $"{path}: {required!.GetValue<string>()} is missing");
        var known = rules["properties"] as JsonObject;
        foreach (var (name, entry) in entries)
        {
            if (known?[name] is { } property)
            {
                Check(entry, property, $"{path}.{name}", errors);
            }
            else if (rules["additionalProperties"] is JsonObject any)
            {
                Check(entry, any, $"{path}.{name}", errors);
            }
            else if (known is not null && rules["x-kubernetes-preserve-unknown-fields"] is null)
            {
                errors.Add($"{path}: unknown field {name}");
            }
        }
    }

    private static bool HasType(JsonNode? value, JsonObject rules)
    {
        if (rules["x-kubernetes-int-or-string"] is not null || rules["type"] is null || (value is null && rules["nullable"] is not null))
        {
            return true;
        }
        var types = rules["type"] is JsonArray several ? several.Select(type => type!.GetValue<string>()) : [rules["type"]!.GetValue<string>()];
        return types.Any(type => (type, value?.GetValueKind()) switch
        {
            ("object", System.Text.Json.JsonValueKind.Object) => true,
            ("array", System.Text.Json.JsonValueKind.Array) => true,
            ("string", System.Text.Json.JsonValueKind.String) => true,
            ("boolean", System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False) => true,
            ("integer", System.Text.Json.JsonValueKind.Number) => value!.AsValue().TryGetValue<long>(out _),
            ("number", System.Text.Json.JsonValueKind.Number) => true,
            ("null", null) => true,
            _ => false,
        });
    }
}
