using System.Text.Json;
using System.Text.RegularExpressions;

namespace EnterpriseHub.Simulator.Claude.Schemas;

/// <summary>A schema that cannot be compiled; the message is the API's 400.</summary>
internal sealed class SchemaException(string message) : Exception(message);

/// <summary>One node of a compiled schema.</summary>
internal abstract record SchemaNode;

/// <summary>An object; required members come first, as the API writes them.</summary>
internal sealed record ObjectNode(IReadOnlyList<(string Name, SchemaNode Node, bool Required)> Members) : SchemaNode;

internal sealed record ArrayNode(SchemaNode Items, int MinItems) : SchemaNode;

/// <summary><c>enum</c> or <c>const</c>.</summary>
internal sealed record ChoiceNode(IReadOnlyList<JsonElement> Values) : SchemaNode;

internal sealed record TextNode(string? Format, Regex? Pattern) : SchemaNode;

internal sealed record NumberNode(bool Integer) : SchemaNode;

internal sealed record FlagNode : SchemaNode;

internal sealed record NullNode : SchemaNode;

internal sealed record UnionNode(IReadOnlyList<SchemaNode> Branches) : SchemaNode;

/// <summary>A schema, ready to write answers.</summary>
/// <param name="Root">Its tree.</param>
/// <param name="Purpose"><c>analysis</c> (has a property intent), <c>draft</c> (has a property reply) or <c>other</c>.</param>
/// <param name="Hash">Of its bytes.</param>
internal sealed record CompiledSchema(SchemaNode Root, string Purpose, byte[] Hash);
