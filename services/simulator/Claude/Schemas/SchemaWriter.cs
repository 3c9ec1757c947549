using System.Text.Json;

namespace EnterpriseHub.Simulator.Claude.Schemas;

/// <summary>Writes an answer that validates against the schema, with what is known where it fits.</summary>
internal sealed class SchemaWriter(IAnswerSource source, AnswerTwist twist)
{
    private const int HugeLength = 100_000;
    private static readonly string[] KeyNames = ["key", "name", "field", "question", "id"];
    private static readonly string[] ValueNames = ["value", "answer", "text"];

    public void Write(Utf8JsonWriter writer, SchemaNode root) => Fill(writer, root, "", null);

    private void Fill(Utf8JsonWriter writer, SchemaNode node, string name, object? value)
    {
        switch (node)
        {
            case ObjectNode thing:
                writer.WriteStartObject();
                foreach (var member in thing.Members)
                {
                    var found = source.Find(member.Name);
                    if (member.Required || found is not null || !IsLeaf(member.Node))
                    {
                        writer.WritePropertyName(member.Name);
                        Fill(writer, member.Node, member.Name, found);
                    }
                }
                writer.WriteEndObject();
                break;
            case ArrayNode list:
                FillList(writer, list, name, value);
                break;
            case UnionNode union:
                FillUnion(writer, union, name, value);
                break;
            case ChoiceNode choice:
                WriteChoice(writer, Choice(name, choice, value));
                break;
            case TextNode text:
                var made = TextValue.Make(text, value);
                writer.WriteStringValue(twist == AnswerTwist.Huge && text is { Format: null, Pattern: null } ? made.PadRight(HugeLength, '.') : made);
                break;
            case NumberNode number:
                WriteNumber(writer, number, value);
                break;
            case FlagNode:
                writer.WriteBooleanValue(value is bool flag ? flag : value is not null);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private void FillUnion(Utf8JsonWriter writer, UnionNode union, string name, object? value)
    {
        // A nullable group is written when any of its members is known.
        var branch = value is null
            ? union.Branches.OfType<ObjectNode>().FirstOrDefault(group => group.Members.Any(member => source.Find(member.Name) is not null))
                ?? union.Branches.FirstOrDefault(one => one is NullNode or ChoiceNode { Values: [{ ValueKind: JsonValueKind.Null }] })
            : union.Branches.FirstOrDefault(one => Suits(one, value)) ?? union.Branches.FirstOrDefault(one => one is NullNode);
        Fill(writer, branch ?? union.Branches[0], name, value);
    }

    private void FillList(Utf8JsonWriter writer, ArrayNode list, string name, object? value)
    {
        writer.WriteStartArray();
        var written = 0;
        if (list.Items is ObjectNode item && PairNames(item) is { } names)
        {
            foreach (var (key, known) in source.Pairs)
            {
                if (KeyFits(item, names.Key, key))
                {
                    FillPair(writer, item, names, key, known);
                    written++;
                }
            }
        }
        else if (list.Items is not ObjectNode && value is not null)
        {
            foreach (var one in value as IReadOnlyList<string> ?? [value.ToString()!])
            {
                if (list.Items is not ChoiceNode choice || Match(name, choice, one) is not null)
                {
                    Fill(writer, list.Items, name, one);
                    written++;
                }
            }
        }
        if (written < list.MinItems)
        {
            Fill(writer, list.Items, name, null);
        }
        writer.WriteEndArray();
    }

    private void FillPair(Utf8JsonWriter writer, ObjectNode item, (string Key, string Value) names, string key, object known)
    {
        writer.WriteStartObject();
        foreach (var member in item.Members)
        {
            writer.WritePropertyName(member.Name);
            Fill(writer, member.Node, member.Name, member.Name == names.Key ? key : member.Name == names.Value ? known : source.Find(member.Name));
        }
        writer.WriteEndObject();
    }

    private static (string Key, string Value)? PairNames(ObjectNode item)
    {
        var key = KeyNames.FirstOrDefault(name => item.Members.Any(member => member.Name == name));
        var value = ValueNames.FirstOrDefault(name => item.Members.Any(member => member.Name == name));
        return key is null || value is null ? null : (key, value);
    }

    private bool KeyFits(ObjectNode item, string name, string key) =>
        item.Members.First(member => member.Name == name).Node is not ChoiceNode choice || Match(name, choice, key) is not null;

    private static bool IsLeaf(SchemaNode node) => node is not (ObjectNode or ArrayNode);

    private static bool Suits(SchemaNode node, object value) => node switch
    {
        NumberNode => value is Quantity,
        FlagNode => value is bool,
        TextNode => value is string or Quantity,
        ChoiceNode or ObjectNode => true,
        ArrayNode => value is IReadOnlyList<string> or string,
        _ => false,
    };

    private JsonElement Choice(string name, ChoiceNode choice, object? value) =>
        (value is null ? null : Match(name, choice, value)) ?? EnumChoice.Neutral(choice.Values);

    private JsonElement? Match(string name, ChoiceNode choice, object value) => EnumChoice.Pick(choice.Values, source.Candidates(name, value));

    private void WriteChoice(Utf8JsonWriter writer, JsonElement chosen)
    {
        if (twist != AnswerTwist.EnumCase || chosen.ValueKind != JsonValueKind.String)
        {
            chosen.WriteTo(writer);
            return;
        }
        var text = chosen.GetString()!;
        var upper = text.ToUpperInvariant();
        writer.WriteStringValue(upper == text ? text.ToLowerInvariant() : upper);
    }

    private static void WriteNumber(Utf8JsonWriter writer, NumberNode node, object? value)
    {
        var number = value is Quantity given ? given.Number : 0;
        if (node.Integer)
        {
            writer.WriteNumberValue(decimal.ToInt64(decimal.Round(number)));
        }
        else
        {
            writer.WriteNumberValue(number);
        }
    }
}

/// <summary>Ways in which an answer departs from its schema.</summary>
internal enum AnswerTwist
{
    None,

    /// <summary>Choices come in the other letter case.</summary>
    EnumCase,

    /// <summary>Texts are very long.</summary>
    Huge,
}
