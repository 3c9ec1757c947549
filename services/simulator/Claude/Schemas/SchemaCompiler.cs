using System.Text.Json;
using System.Text.RegularExpressions;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Claude.Schemas;

/// <summary>Turns the supported part of JSON Schema into nodes and refuses the rest.</summary>
internal sealed class SchemaCompiler(JsonElement root)
{
    private const int MaxOptional = 24;
    private const int MaxUnions = 16;
    private static readonly HashSet<string> Keywords =
    [
        "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "allOf", "$ref", "$defs", "definitions", "$schema",
        "$id", "title", "description", "default", "examples", "format", "pattern", "minItems",
    ];

    private static readonly HashSet<string> Formats =
        ["date-time", "date", "time", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid"];

    private readonly HashSet<string> open = [];
    private int optional;
    private int unions;

    public SchemaNode Compile()
    {
        var node = Node(root);
        return optional > MaxOptional ? throw new SchemaException($"Schema has {optional} optional parameters; at most {MaxOptional} are supported.")
            : unions > MaxUnions ? throw new SchemaException($"Schema has {unions} parameters with union types; at most {MaxUnions} are supported.")
            : node;
    }

    private SchemaNode Node(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            throw new SchemaException("A schema must be an object.");
        }
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Keywords.Contains(keyword.Name))
            {
                throw new SchemaException($"'{keyword.Name}' is not supported.");
            }
        }
        if (schema.Text("$ref") is { } reference)
        {
            return Referenced(reference);
        }
        if (schema.TryGetProperty("const", out var constant))
        {
            return new ChoiceNode([constant.Clone()]);
        }
        if (schema.Member("enum") is { ValueKind: JsonValueKind.Array } values)
        {
            return new ChoiceNode([.. values.EnumerateArray().Select(value => value.Clone())]);
        }
        if (schema.Member("anyOf") is { ValueKind: JsonValueKind.Array } any)
        {
            unions++;
            return new UnionNode([.. any.EnumerateArray().Select(Node)]);
        }
        if (schema.Member("allOf") is { ValueKind: JsonValueKind.Array } all)
        {
            return All([.. all.EnumerateArray().Select(Node)]);
        }
        if (schema.Member("type") is not { } type)
        {
            throw new SchemaException("Every schema needs 'type', 'enum', 'const', 'anyOf', 'allOf' or '$ref'.");
        }
        if (type.ValueKind == JsonValueKind.Array)
        {
            unions++;
            return new UnionNode([.. type.EnumerateArray().Select(one => OfType(schema, one.GetString()))]);
        }
        return OfType(schema, type.GetString());
    }

    private SchemaNode OfType(JsonElement schema, string? type) => type switch
    {
        "object" => Object(schema),
        "array" => new ArrayNode(Node(schema.Member("items") ?? throw new SchemaException("An array needs 'items'.")), MinItems(schema)),
        "string" => Text(schema),
        "integer" => new NumberNode(true),
        "number" => new NumberNode(false),
        "boolean" => new FlagNode(),
        "null" => new NullNode(),
        _ => throw new SchemaException($"Type '{type}' is not supported."),
    };

    private ObjectNode Object(JsonElement schema)
    {
        if (!(schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False))
        {
            throw new SchemaException("For 'object' type, 'additionalProperties' must be explicitly set to false");
        }
        var required = schema.Items("required").Select(name => name.GetString()!).ToHashSet();
        var members = (schema.Member("properties") is { } properties ? properties.EnumerateObject().ToList() : [])
            .Select(property => (property.Name, Node: Node(property.Value), Required: required.Contains(property.Name)))
            .ToList();
        if (required.FirstOrDefault(name => members.All(member => member.Name != name)) is { } missing)
        {
            throw new SchemaException($"Required property '{missing}' is not defined.");
        }
        optional += members.Count(member => !member.Required);
        return new ObjectNode([.. members.OrderBy(member => member.Required ? 0 : 1)]);
    }

    private static TextNode Text(JsonElement schema)
    {
        var format = schema.Text("format");
        if (format is not null && !Formats.Contains(format))
        {
            throw new SchemaException($"String format '{format}' is not supported.");
        }
        var pattern = schema.Text("pattern");
        if (pattern is not null && (pattern.Contains("(?", StringComparison.Ordinal) || pattern.Contains(@"\b", StringComparison.OrdinalIgnoreCase)))
        {
            throw new SchemaException("Lookaround and word boundaries are not supported in 'pattern'.");
        }
        return new TextNode(format, pattern is null ? null : Pattern(pattern));
    }

    private static Regex Pattern(string pattern)
    {
        try
        {
            var regex = new Regex(pattern, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1));
            // What cannot be made must be refused here, not while an answer is written.
            PatternText.Make(regex);
            return regex;
        }
        catch (Exception wrong) when (wrong is ArgumentException or IndexOutOfRangeException or FormatException or RegexMatchTimeoutException)
        {
            throw new SchemaException("'pattern' is not valid or too complex.");
        }
    }

    private static int MinItems(JsonElement schema)
    {
        if (schema.Member("minItems") is not { } least)
        {
            return 0;
        }
        return least.TryGetInt32(out var count) && count is 0 or 1 ? count : throw new SchemaException("'minItems' must be 0 or 1.");
    }

    private SchemaNode Referenced(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            throw new SchemaException("Only local '$ref' is supported.");
        }
        if (!open.Add(reference))
        {
            throw new SchemaException("Recursive schemas are not supported.");
        }
        var target = root;
        foreach (var part in reference[2..].Split('/'))
        {
            target = target.Member(part) ?? throw new SchemaException($"'$ref' {reference} cannot be resolved.");
        }
        var node = Node(target);
        open.Remove(reference);
        return node;
    }

    private static SchemaNode All(IReadOnlyList<SchemaNode> parts) => parts.Count == 1 ? parts[0]
        : parts.All(part => part is ObjectNode)
            ? new ObjectNode([.. parts.Cast<ObjectNode>().SelectMany(part => part.Members).DistinctBy(member => member.Name).OrderBy(member => member.Required ? 0 : 1)])
            : throw new SchemaException("'allOf' is only supported for objects.");
}
