namespace EnterpriseHub.AiOrchestrator.Guardrails;

/// <summary>Cuts a text after each sentence end, so that the pieces joined are the text again.</summary>
internal static class Sentences
{
    public static IReadOnlyList<string> Of(string text)
    {
        var pieces = new List<string>();
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (IsEnd(text, at))
            {
                pieces.Add(text[start..(at + 1)]);
                start = at + 1;
            }
        }
        if (start < text.Length)
        {
            pieces.Add(text[start..]);
        }
        return pieces;
    }

    /// <summary>True where a sentence ends: its mark, or a line break, followed by space or nothing. "$650.000" and "St. 5" go on.</summary>
    private static bool IsEnd(string text, int at) => text[at] switch
    {
        '\n' => true,
        '.' => (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1])) && !IsAbbreviation(text, at),
        '!' or '?' or '…' => at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]),
        _ => false,
    };

    private static bool IsAbbreviation(string text, int at)
    {
        var begin = at;
        while (begin > 0 && char.IsLetter(text[begin - 1]))
        {
            begin--;
        }
        return text[begin..at] is "St" or "Ave" or "Dr" or "Mr" or "Mrs" or "Ms" or "Rd" or "Blvd" or "Apt" or "Sr" or "Sra" or "No";
    }
}
