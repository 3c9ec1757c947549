using System.Globalization;
using System.Text.Json.Nodes;

namespace EnterpriseHub.WebhookGateway.Tests.GhlApi;

/// <summary>Holds requests against HighLevel's own specifications: path, method, version header, query, body.</summary>
internal sealed class GhlSpec
{
    /// <summary>What the specifications get wrong; see the data's README.</summary>
    private static readonly HashSet<string> NotReallyRequired = ["SendMessageBodyDto.subType", "SendMessageBodyDto.status"];
    private static readonly HashSet<string> NotSpecifiedButReal = ["UpsertOpportunityDto.contactId"];

    private readonly List<(string Method, string[] Path, JsonNode Operation, JsonNode Document)> _operations = [];

    private GhlSpec(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
        {
            var document = JsonNode.Parse(File.ReadAllText(file))!;
            foreach (var (path, methods) in document["paths"]!.AsObject())
            {
                foreach (var (method, operation) in methods!.AsObject())
                {
                    _operations.Add((method.ToUpperInvariant(), path.Trim('/').Split('/'), operation!, document));
                }
            }
        }
    }

    /// <summary>The specifications, or null where the data is absent.</summary>
    public static GhlSpec? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var specs = Path.Combine(folder.FullName, "shared", "ghl", "openapi", "v2", "apps");
            if (Directory.Exists(specs))
            {
                return new(specs);
            }
        }
        return null;
    }

    /// <summary>What is wrong with a request; nothing when it fits.</summary>
    public IReadOnlyList<string> Faults(SeenRequest request)
    {
        var segments = request.Path.Trim('/').Split('/');
        var matches = _operations
            .Where(one => one.Method == request.Method && one.Path.Length == segments.Length
                && one.Path.Zip(segments).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second))
            .OrderByDescending(one => one.Path.Count(part => !part.StartsWith('{')))
            .ToList();
        if (matches.Count == 0)
        {
            return [$"{request.Method} {request.Path}: no such operation"];
        }
        var (_, _, operation, document) = matches[0];
        var faults = new List<string>();
        CheckParameters(operation, request, faults);
        CheckBody(operation, document, request, faults);
        return [.. faults.Select(fault => $"{request.Method} {request.Path}: {fault}")];
    }

    private static void CheckParameters(JsonNode operation, SeenRequest request, List<string> faults)
    {
        var parameters = operation["parameters"]?.AsArray().Select(one => one!).ToList() ?? [];
        foreach (var parameter in parameters.Where(one => (string?)one["in"] is "query" or "header"))
        {
            var name = (string)parameter["name"]!;
            var value = (string?)parameter["in"] == "query" ? request.Query.GetValueOrDefault(name) : request.Headers.GetValueOrDefault(name);
            var allowed = parameter["schema"]?["enum"]?.AsArray().Select(one => (string)one!).ToList();
            if (value is null && (bool?)parameter["required"] == true)
            {
                faults.Add($"{name} is missing");
            }
            else if (value is not null && allowed is not null && !allowed.Contains(value))
            {
                faults.Add($"{name} '{value}' is not one of {string.Join(", ", allowed)}");
            }
            else if (value is not null && (string?)parameter["schema"]?["type"] == "number" && !double.TryParse(value, CultureInfo.InvariantCulture, out _))
            {
                faults.Add($"{name} '{value}' is no number");
            }
        }
        faults.AddRange(request.Query.Keys
            .Except(parameters.Where(one => (string?)one["in"] == "query").Select(one => (string)one["name"]!))
            .Select(name => $"query {name} is not specified"));
    }

    private static void CheckBody(JsonNode operation, JsonNode document, SeenRequest request, List<string> faults)
    {
        var content = operation["requestBody"]?["content"]?.AsObject();
        if (content is null)
        {
            if (request.Body.Length > 0)
            {
                faults.Add("a body is not specified");
            }
            return;
        }
        var type = request.ContentType.Split(';')[0];
        if (!content.TryGetPropertyValue(type, out var form))
        {
            faults.Add($"content type '{type}' is not specified");
            return;
        }
        var body = type == "application/json"
            ? JsonNode.Parse(request.Body)
            : new JsonObject(request.Form.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)JsonValue.Create(field.Value))));
        Check(form!["schema"]!, body, "body", "", document, faults);
    }

    private static void Check(JsonNode schema, JsonNode? value, string at, string name, JsonNode document, List<string> faults)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            name = reference.Split('/')[^1];
            schema = document["components"]!["schemas"]![name]!;
        }
        foreach (var part in schema["allOf"]?.AsArray() ?? [])
        {
            Check(part!, value, at, name, document, faults);
        }
        if ((schema["anyOf"] ?? schema["oneOf"])?.AsArray() is { } choices && !choices.Any(choice => Fits(choice!, value, document)))
        {
            faults.Add($"{at} fits none of the {choices.Count} shapes");
        }
        var kind = value?.GetValueKind() ?? System.Text.Json.JsonValueKind.Null;
        var fits = (string?)schema["type"] switch
        {
            "object" => value is JsonObject,
            "array" => value is JsonArray,
            "string" => kind == System.Text.Json.JsonValueKind.String,
            "number" or "integer" => kind == System.Text.Json.JsonValueKind.Number,
            "boolean" => kind is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
            _ => true,
        };
        if (!fits && !(value is null && (bool?)schema["nullable"] == true))
        {
            faults.Add($"{at} is {kind}, not {schema["type"]}");
            return;
        }
        if (schema["enum"]?.AsArray() is { } allowed && !allowed.Any(one => one!.ToJsonString() == value?.ToJsonString()))
        {
            faults.Add($"{at} {value?.ToJsonString()} is not one of {allowed.ToJsonString()}");
        }
        if (value is JsonObject members && schema["properties"] is JsonObject known)
        {
            faults.AddRange(Required(schema, members, name).Select(missing => $"{at}.{missing} is missing"));
            foreach (var (member, item) in members)
            {
                if (known[member] is { } of)
                {
                    Check(of, item, $"{at}.{member}", "", document, faults);
                }
                else if (!NotSpecifiedButReal.Contains($"{name}.{member}"))
                {
                    faults.Add($"{at}.{member} is not specified");
                }
            }
        }
        if (value is JsonArray list && schema["items"] is { } items)
        {
            foreach (var item in list)
            {
                Check(items, item, at + "[]", "", document, faults);
            }
        }
    }

    private static IEnumerable<string> Required(JsonNode schema, JsonObject members, string name) =>
        (schema["required"]?.AsArray() ?? []).Select(one => (string)one!)
            .Where(required => !members.ContainsKey(required) && !NotReallyRequired.Contains($"{name}.{required}"));

    private static bool Fits(JsonNode schema, JsonNode? value, JsonNode document)
    {
        var faults = new List<string>();
        Check(schema, value, "", "", document, faults);
        return faults.Count == 0;
    }
}
