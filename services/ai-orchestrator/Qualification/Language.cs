namespace EnterpriseHub.AiOrchestrator.Qualification;

/// <summary>Languages that we have texts in.</summary>
internal enum Language
{
    English,
    Spanish,
}

internal static class Languages
{
    private static readonly HashSet<string> SpanishWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "el", "la", "los", "las", "de", "que", "en", "para", "por", "con", "una", "un", "su", "es", "está", "esta", "cuál", "qué",
        "cómo", "dónde", "usted", "casa", "gracias", "hola", "quiere", "puede", "tiene", "vender", "comprar", "propiedad", "y", "o", "si", "sí",
    };

    private static readonly HashSet<string> EnglishWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "the", "a", "an", "of", "to", "in", "for", "with", "your", "you", "is", "are", "what", "how", "where", "when", "would", "could",
        "house", "home", "thanks", "hi", "hello", "want", "can", "have", "sell", "buy", "property", "and", "or", "if", "it", "this", "that",
    };

    public static string Code(this Language language) => language == Language.Spanish ? "es" : "en";

    public static Language Parse(string? code) =>
        code is not null && code.StartsWith("es", StringComparison.OrdinalIgnoreCase) ? Language.Spanish : Language.English;

    /// <summary>The language of a text by its small words; null when they do not tell.</summary>
    public static Language? Of(string text)
    {
        int english = 0, spanish = 0;
        foreach (var word in text.Split([' ', '\n', ',', '.', '?', '!', '¿', '¡', ':', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            english += EnglishWords.Contains(word) ? 1 : 0;
            spanish += SpanishWords.Contains(word) ? 1 : 0;
        }
        return (english - spanish) switch { >= 2 => Language.English, <= -2 => Language.Spanish, _ => null };
    }
}
