using System.Globalization;

namespace EnterpriseHub.Simulator.Claude.Schemas;

/// <summary>A string for a text node: the known value where it fits the format, else a neutral one that does.</summary>
internal static class TextValue
{
    public static string Make(TextNode node, object? value)
    {
        var text = value switch
        {
            null => null,
            bool flag => flag ? "yes" : "no",
            IReadOnlyList<string> list => string.Join(", ", list),
            _ => value.ToString(),
        };
        if (node.Pattern is { } pattern)
        {
            return text is not null && pattern.IsMatch(text) ? text : PatternText.Make(pattern);
        }
        return node.Format switch
        {
            null => text ?? "",
            "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var moment) ? moment.ToString("O", CultureInfo.InvariantCulture) : "2026-01-01T00:00:00Z",
            "date" => "2026-01-01",
            "time" => "12:00:00Z",
            "duration" => "P1D",
            "email" => "lead@example.com",
            "hostname" => "example.com",
            "uri" => "https://example.com/",
            "ipv4" => "192.0.2.1",
            "ipv6" => "2001:db8::1",
            _ => "00000000-0000-4000-8000-000000000000",
        };
    }
}
