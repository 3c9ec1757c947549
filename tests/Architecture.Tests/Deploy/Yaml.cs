using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EnterpriseHub.Architecture.Tests.Deploy;

/// <summary>YAML as JSON nodes, with the types that Kubernetes gives to plain scalars; a key that stands twice is an error.</summary>
internal static class Yaml
{
    public static IReadOnlyList<JsonObject> Documents(string text)
    {
        // Anchors may be merged (<<) in compose files; the representation model leaves that to us.
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => (JsonObject)Node(document.RootNode)!)];
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode mapping => Object(mapping),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(Node)]),
        YamlScalarNode scalar => Scalar(scalar),
        _ => throw new InvalidOperationException(node.GetType().Name),
    };

    private static JsonObject Object(YamlMappingNode mapping)
    {
        var result = new JsonObject();
        foreach (var (key, value) in mapping.Where(pair => ((YamlScalarNode)pair.Key).Value == "<<"))
        {
            foreach (var (inherited, node) in Object((YamlMappingNode)value))
            {
                result[inherited] = node?.DeepClone();
            }
        }
        foreach (var (key, value) in mapping.Where(pair => ((YamlScalarNode)pair.Key).Value != "<<"))
        {
            result[((YamlScalarNode)key).Value!] = Node(value);
        }
        return result;
    }

    private static JsonNode? Scalar(YamlScalarNode scalar) => scalar switch
    {
        { Style: not ScalarStyle.Plain } => JsonValue.Create(scalar.Value),
        { Value: null or "" or "null" or "~" } => null,
        { Value: "true" or "false" } => JsonValue.Create(scalar.Value == "true"),
        _ when long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(scalar.Value),
    };
}
