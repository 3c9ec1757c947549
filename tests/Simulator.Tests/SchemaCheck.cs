using System.Text.Json;
using System.Text.RegularExpressions;

namespace EnterpriseHub.Simulator.Tests;

/// <summary>A small JSON Schema validator, independent of the simulator's generator; also reads OpenAPI 3.0 schemas.</summary>
internal sealed class SchemaCheck(JsonElement root, bool nullsAreAbsent = false)
{
    public List<string> Validate(JsonElement schema, JsonElement value)
    {
        var errors = new List<string>();
        Check(schema, value, "$", errors);
        return errors;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var target = reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(root, (node, part) => node.GetProperty(part));
            Check(target, value, at, errors);
            return;
        }
        if (schema.TryGetProperty("enum", out var choices) && choices.EnumerateArray().All(choice => !JsonElement.DeepEquals(choice, value)))
        {
            errors.Add($"{at}: {value} is not in the list");
        }
        if (schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(constant, value))
        {
            errors.Add($"{at}: {value} is not {constant}");
        }
        if (schema.TryGetProperty("anyOf", out var any) && any.EnumerateArray().All(branch => Fails(branch, value)))
        {
            errors.Add($"{at}: no branch fits {value}");
        }
        foreach (var part in schema.TryGetProperty("allOf", out var all) ? all.EnumerateArray() : default)
        {
            Check(part, value, at, errors);
        }
        if (schema.TryGetProperty("type", out var type) && !(type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Any(one => Is(one.GetString()!, value)) : Is(type.GetString()!, value)))
        {
            errors.Add($"{at}: {value.ValueKind} is not {type}");
            return;
        }
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(schema, value, at, errors);
                break;
            case JsonValueKind.Array:
                if (schema.TryGetProperty("minItems", out var least) && value.GetArrayLength() < least.GetInt32())
                {
                    errors.Add($"{at}: too few items");
                }
                foreach (var item in value.EnumerateArray())
                {
                    if (schema.TryGetProperty("items", out var items))
                    {
                        Check(items, item, at + "[]", errors);
                    }
                }
                break;
            case JsonValueKind.String when schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value.GetString()!, pattern.GetString()!):
                errors.Add($"{at}: '{value}' does not match {pattern}");
                break;
        }
    }

    private void CheckObject(JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        foreach (var name in schema.TryGetProperty("required", out var required) ? required.EnumerateArray() : default)
        {
            if (!value.TryGetProperty(name.GetString()!, out _))
            {
                errors.Add($"{at}: {name} is missing");
            }
        }
        foreach (var member in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var one))
            {
                if (!(nullsAreAbsent && member.Value.ValueKind == JsonValueKind.Null))
                {
                    Check(one, member.Value, $"{at}.{member.Name}", errors);
                }
            }
            else if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False)
            {
                errors.Add($"{at}: {member.Name} is not allowed");
            }
        }
    }

    private bool Fails(JsonElement schema, JsonElement value) => Validate(schema, value).Count > 0;

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.Null,
    };
}
