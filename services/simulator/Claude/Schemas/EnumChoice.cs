using System.Text.Json;

namespace EnterpriseHub.Simulator.Claude.Schemas;

/// <summary>Chooses one of a list by its name.</summary>
internal static class EnumChoice
{
    private static readonly string[] NeutralNames = ["none", "other", "unknown", "unclear", "neutral", "notstated", "unspecified", "general", "na"];

    public static JsonElement? Pick(IReadOnlyList<JsonElement> values, IEnumerable<string> candidates)
    {
        var wanted = candidates.Select(Plain).Where(word => word.Length > 0).ToList();
        foreach (var word in wanted)
        {
            foreach (var value in values)
            {
                if (Plain(value) == word)
                {
                    return value;
                }
            }
        }
        foreach (var word in wanted.Where(word => word.Length >= 3))
        {
            foreach (var value in values)
            {
                if (Plain(value) is { Length: >= 3 } name && (name.Contains(word, StringComparison.Ordinal) || word.Contains(name, StringComparison.Ordinal)))
                {
                    return value;
                }
            }
        }
        return null;
    }

    public static JsonElement Neutral(IReadOnlyList<JsonElement> values)
    {
        foreach (var value in values)
        {
            if (value.ValueKind == JsonValueKind.Null)
            {
                return value;
            }
        }
        return Pick(values, NeutralNames) ?? values[0];
    }

    public static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.String ? Plain(value.GetString()!) : Plain(value.GetRawText());
}
