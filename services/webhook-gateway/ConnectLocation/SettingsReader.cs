using System.Globalization;
using System.Text.Json;

namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>Reads the members of one JSON object and gathers what is wrong with them, by path.</summary>
internal sealed class SettingsReader(JsonElement element, string path, Dictionary<string, string[]> errors)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public bool Has(string name) => Find(name) is not null;

    public bool IsNull(string name) => Find(name) is { ValueKind: JsonValueKind.Null };

    public string Text(string name, string stored, int longest) => Find(name) switch
    {
        null => stored,
        { ValueKind: JsonValueKind.String } value when value.GetString()!.Trim() is { Length: > 0 } text && text.Length <= longest => text,
        _ => Wrong(name, $"must be a text of 1 to {longest} characters", stored),
    };

    public string OneOf(string name, string stored, params string[] allowed) => Find(name) switch
    {
        null => stored,
        { ValueKind: JsonValueKind.String } value when allowed.Contains(value.GetString(), StringComparer.Ordinal) => value.GetString()!,
        _ => Wrong(name, $"must be {string.Join(" or ", allowed.Select(word => $"\"{word}\""))}", stored),
    };

    public string Zone(string name, string stored) => Find(name) switch
    {
        null => stored,
        { ValueKind: JsonValueKind.String } value when TimeZoneInfo.TryFindSystemTimeZoneById(value.GetString()!, out var zone) && zone.HasIanaId => value.GetString()!,
        _ => Wrong(name, "must be an IANA time zone, e.g. \"America/Los_Angeles\"", stored),
    };

    public TimeSpan Duration(string name, TimeSpan stored, TimeSpan longest) => Find(name) switch
    {
        null => stored,
        { ValueKind: JsonValueKind.String } value when TimeSpan.TryParseExact(value.GetString(), ["c", @"hh\:mm\:ss\.FFFFFFF"], CultureInfo.InvariantCulture, out var span)
            && span >= TimeSpan.Zero && span <= longest => span,
        _ => Wrong(name, $"must be hh:mm:ss from 00:00:00 to {longest:hh\\:mm\\:ss}", stored),
    };

    public TimeOnly? Clock(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.String } value when TimeOnly.TryParseExact(value.GetString(), ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) => time,
        _ => Wrong<TimeOnly?>(name, "must be a time of day, e.g. \"21:00\"", null),
    };

    public decimal Amount(string name, decimal stored, decimal most)
    {
        var amount = Find(name) switch
        {
            null => stored,
            { ValueKind: JsonValueKind.Number } value when value.TryGetDecimal(out var number) => number,
            // Configuration knows only texts.
            { ValueKind: JsonValueKind.String } value when decimal.TryParse(value.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => number,
            _ => -1,
        };
        return amount >= 0 && amount <= most ? amount : Wrong(name, $"must be a number from 0 to {most}", stored);
    }

    public IReadOnlyList<string> Texts(string name, IReadOnlyList<string> stored)
    {
        if (Find(name) is not { } value)
        {
            return stored;
        }
        return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= 50
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && item.GetString()!.Trim() is { Length: > 0 and <= 100 })
            ? [.. value.EnumerateArray().Select(item => item.GetString()!.Trim())]
            : Wrong(name, "must be a list of at most 50 texts of 1 to 100 characters", stored);
    }

    public IReadOnlyDictionary<string, string> Map(string name, IReadOnlyDictionary<string, string> stored)
    {
        if (Find(name) is not { } value)
        {
            return stored;
        }
        return value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() <= 100
            && value.EnumerateObject().All(item => item.Name.Length is > 0 and <= 100 && item.Value.ValueKind == JsonValueKind.String && item.Value.GetString() is { Length: > 0 and <= 200 })
            ? value.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString()!, StringComparer.Ordinal)
            : Wrong(name, "must be an object of at most 100 names with a text each", stored);
    }

    public SecretChange Secret(string name, int shortest) => Find(name) switch
    {
        null => default,
        { ValueKind: JsonValueKind.Null } => new SecretChange(true, null),
        { ValueKind: JsonValueKind.String } value when value.GetString()!.Length >= shortest && value.GetString()!.Length <= 4096 => new SecretChange(true, value.GetString()),
        _ => Wrong(name, $"must be a text of {shortest} to 4096 characters, or null to take it away", default(SecretChange)),
    };

    /// <summary>A member object; null when it is missing or no object.</summary>
    public SettingsReader? Object(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => new SettingsReader(value, Path(name), errors),
        _ => Wrong<SettingsReader?>(name, "must be an object", null),
    };

    /// <summary>Call last: every member that was not asked for is a typing error of the sender's.</summary>
    public void RefuseOthers()
    {
        foreach (var member in element.EnumerateObject().Where(member => !_known.Contains(member.Name)))
        {
            errors[Path(member.Name)] = [$"is not a setting; known: {string.Join(", ", _known.Order(StringComparer.Ordinal))}"];
        }
    }

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        foreach (var member in element.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }
        return null;
    }

    private T Wrong<T>(string name, string rule, T instead)
    {
        errors[Path(name)] = [rule];
        return instead;
    }

    private string Path(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
