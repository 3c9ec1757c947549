using System.Text;

namespace EnterpriseHub.AiOrchestrator.Guardrails;

/// <summary>Fits a reply to its channel without breaking a sentence, a word, a letter or the question it ends with.</summary>
internal static class SmsText
{
    public const int Sms = 320;
    public const int Other = 1_000;

    public static int LimitOf(string channel) => channel.Equals("SMS", StringComparison.OrdinalIgnoreCase) ? Sms : Other;

    /// <summary>Control characters go, runs of spaces become one; letters of every alphabet, marks and signs stay.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var letter in text.Replace("\r\n", "\n", StringComparison.Ordinal))
        {
            var last = clean.Length == 0 ? '\n' : clean[^1];
            if (letter == '\n')
            {
                TrimSpace(clean);
                if (clean.Length > 0 && clean[^1] != '\n')
                {
                    clean.Append('\n');
                }
            }
            else if (char.IsWhiteSpace(letter))
            {
                if (last is not (' ' or '\n'))
                {
                    clean.Append(' ');
                }
            }
            else if (!char.IsControl(letter))
            {
                clean.Append(letter);
            }
        }
        return clean.ToString().Trim();
    }

    /// <summary>At most <paramref name="limit"/> characters: whole sentences, and the closing question if there is one.</summary>
    public static string Fit(string text, int limit)
    {
        var clean = Clean(text);
        if (clean.Length <= limit)
        {
            return clean;
        }
        var question = Sentences.Of(clean)[^1].Trim();
        if (question.EndsWith('?') && question.Length <= limit / 2)
        {
            var before = Cut(clean[..^question.Length].TrimEnd(), limit - question.Length - 1);
            return before.Length == 0 ? question : $"{before} {question}";
        }
        return Cut(clean, limit);
    }

    private static string Cut(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }
        var kept = 0;
        foreach (var sentence in Sentences.Of(text))
        {
            if (kept + sentence.TrimEnd().Length > limit)
            {
                break;
            }
            kept += sentence.Length;
        }
        var whole = text[..Math.Min(kept, text.Length)].Trim();
        return whole.Length > limit / 2 ? whole : CutWord(text, limit);
    }

    private static string CutWord(string text, int limit)
    {
        var space = text.LastIndexOf(' ', limit - 2);
        var end = space > limit / 2 ? space : limit - 1;
        if (char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }
        return text[..end].TrimEnd() + "…";
    }

    private static void TrimSpace(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
        }
    }
}
