using System.Globalization;
using System.Text.Json;
using EnterpriseHub.AiOrchestrator.Guardrails;
using EnterpriseHub.AiOrchestrator.Qualification;

namespace EnterpriseHub.AiOrchestrator.Claude;

/// <summary>
/// Reads the model's JSON. The schema is kept by the service, yet casing and types are not trusted:
/// words compare without case, unknown words become the harmless one, numbers may come as text.
/// </summary>
internal static class ReadAnswer
{
    private static readonly string[] Intents = ["sell", "buy", "question", "appointment", "objection", "human_request", "opt_out", "greeting", "other"];
    private static readonly string[] Sentiments = ["positive", "negative", "neutral"];
    private static readonly string[] Urgencies = ["medium", "high", "low"];
    private static readonly string[] Codes = ["en", "es", "other"];

    /// <exception cref="ClaudeFailedException">The text is not the JSON object that was asked for.</exception>
    public static Analysis Analysis(string text) => Object(text, answer => new Analysis
    {
        Intent = Word(answer, "intent", Intents),
        Sentiment = Word(answer, "sentiment", Sentiments, otherwise: "neutral"),
        Urgency = Word(answer, "urgency", Urgencies, otherwise: "low"),
        Language = Word(answer, "language", Codes),
        Objections = Texts(answer, "objections"),
        Facts = answer.TryGetProperty("facts", out var facts) && facts.ValueKind == JsonValueKind.Object ? Told(facts) : new Dictionary<string, string>(),
        NeedsHuman = Flag(answer, "needs_human"),
        OptOut = Flag(answer, "opt_out"),
    });

    /// <exception cref="ClaudeFailedException">The text is not the JSON object that was asked for.</exception>
    public static Draft Draft(string text) => Object(text, answer => new Draft(
        answer.GetProperty("reply").GetString() ?? "",
        answer.TryGetProperty("asks", out var asks) && asks.ValueKind == JsonValueKind.String ? asks.GetString()! : Claude.Draft.AsksNothing,
        Flag(answer, "needs_human")));

    private static T Object<T>(string text, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return read(document.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ClaudeFailedException(ClaudeFailure.Unreadable, wrong);
        }
    }

    private static string Word(JsonElement answer, string name, string[] words, string otherwise = "other")
    {
        var word = answer.GetProperty(name).GetString();
        return words.FirstOrDefault(known => known.Equals(word?.Trim(), StringComparison.OrdinalIgnoreCase)) ?? otherwise;
    }

    private static bool Flag(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var flag) && (flag.ValueKind == JsonValueKind.True
            || (flag.ValueKind == JsonValueKind.String && "true".Equals(flag.GetString(), StringComparison.OrdinalIgnoreCase)));

    private static IReadOnlyList<string> Texts(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => Cut(item.GetString()!, 40)).Take(10)]
            : [];

    private static Dictionary<string, string> Told(JsonElement facts)
    {
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in LeadFields.Told)
        {
            if (facts.TryGetProperty(field, out var value) && TextOf(value) is { Length: > 0 } text && IsPlausible(field, text)
                && Cut(text, QualificationState.LongestValue) is { Length: > 0 } clean)
            {
                told[field] = clean;
            }
        }
        return told;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim() is var text && text.Equals("null", StringComparison.OrdinalIgnoreCase) ? null : text,
        // A number beyond a decimal is nothing that a lead said.
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? number.ToString("0.##", CultureInfo.InvariantCulture) : null,
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => null,
    };

    private static bool IsPlausible(string field, string text)
    {
        var number = decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? value : (decimal?)null;
        return field switch
        {
            _ when LeadFields.Amounts.Contains(field) => number > LeadFields.SmallestAmount,
            LeadFields.Bedrooms or LeadFields.Bathrooms => number is >= 0 and <= 30,
            LeadFields.TimelineAccepted => text is "yes" or "no",
            _ => true,
        };
    }

    /// <summary>Without control characters, of which PostgreSQL takes no NUL, and not through the middle of an emoji.</summary>
    private static string Cut(string text, int longest)
    {
        var clean = SmsText.Clean(text);
        return clean.Length <= longest ? clean : clean[..(char.IsHighSurrogate(clean[longest - 1]) ? longest - 1 : longest)];
    }
}
