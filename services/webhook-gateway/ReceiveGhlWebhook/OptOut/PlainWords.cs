using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.OptOut;

/// <summary>A text as lower-case words without accents, apostrophes, emoji and common typing errors; sentences and clauses kept apart.</summary>
internal static partial class PlainWords
{
    private const string Accented = "áàâäãåéèêëíìîïóòôöõúùûüñç";
    private const string Unaccented = "aaaaaaeeeeiiiiooooouuuunc";

    private static readonly Dictionary<string, string> Typos = new(StringComparer.Ordinal)
    {
        ["srop"] = "stop", ["stp"] = "stop", ["stopit"] = "stop it", ["stopall"] = "stop all",
        ["cancell"] = "cancel", ["canel"] = "cancel", ["cancl"] = "cancel", ["cansel"] = "cancel",
        ["quitt"] = "quit", ["revoque"] = "revoke", ["optout"] = "opt out",
        ["unsub"] = "unsubscribe", ["txt"] = "text", ["txts"] = "texts", ["txting"] = "texting", ["texing"] = "texting", ["textng"] = "texting",
        ["msg"] = "message", ["msgs"] = "messages", ["mesages"] = "messages", ["messges"] = "messages", ["msging"] = "messaging", ["messeging"] = "messaging",
        ["pls"] = "please", ["plz"] = "please", ["plse"] = "please", ["pleas"] = "please", ["u"] = "you", ["ur"] = "your", ["thx"] = "thanks",
        ["dont"] = "do not", ["donot"] = "do not", ["dnt"] = "do not", ["anymore"] = "any more", ["numbr"] = "number",
        ["desuscribir"] = "unsubscribe", ["desuscribirme"] = "unsubscribe", ["desuscribirse"] = "unsubscribe", ["q"] = "que", ["x"] = "por", ["porfavor"] = "por favor", ["porfa"] = "por favor",
    };

    /// <summary>No two letters of these, swapped, make another word.</summary>
    private static readonly string[] Swappable = ["stop", "quit", "cancel", "revoke", "remove"];

    /// <summary>Sentences, each a list of clauses, each words with one blank between.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Sentences(string text) =>
        [.. SentenceEnd().Split(Fold(text)).Select(Clauses).Where(clauses => clauses.Count > 0)];

    private static IReadOnlyList<string> Clauses(string sentence) =>
        [.. ClauseEnd().Split(sentence).Select(Words).Where(clause => clause.Length > 0)];

    private static string Words(string clause) =>
        string.Join(' ', NotWord().Split(clause).Where(word => word.Length > 0).Select(Correct));

    private static string Correct(string word)
    {
        if (DrawnOutStop().IsMatch(word))
        {
            return "stop";
        }
        if (Typos.TryGetValue(word, out var meant))
        {
            return meant;
        }
        if (Swappable.FirstOrDefault(known => HasTwoSwapped(word, known)) is { } swapped)
        {
            return swapped;
        }
        if (word is "unsubscribed" or "unsubscribes" or "unsubscribing")
        {
            return word;
        }
        return word.Length >= 7 && word.StartsWith("uns", StringComparison.Ordinal) && Distance(word, "unsubscribe") <= 3 ? "unsubscribe" : word;
    }

    /// <summary>By hand, because the product runs without culture data and Normalize leaves such letters alone.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.ToLowerInvariant())
        {
            // A full-width letter is 0xFEE0 above its plain form.
            var narrow = letter is >= '\uFF01' and <= '\uFF5E' ? char.ToLowerInvariant((char)(letter - 0xFEE0)) : letter;
            var place = Accented.IndexOf(narrow, StringComparison.Ordinal);
            var plain = place < 0 ? narrow : Unaccented[place];
            if (CharUnicodeInfo.GetUnicodeCategory(plain) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format) && plain is not ('\'' or '’' or '‘' or '`' or '´'))
            {
                folded.Append(plain);
            }
        }
        var joined = SpacedOut().Replace(folded.ToString(), match => NotWord().Replace(match.Value, string.Empty));
        return Zero().Replace(joined, "stop");
    }

    private static bool HasTwoSwapped(string word, string known)
    {
        if (word.Length != known.Length)
        {
            return false;
        }
        var first = word.AsSpan().CommonPrefixLength(known);
        return first + 1 < word.Length && word[first] == known[first + 1] && word[first + 1] == known[first]
            && word.AsSpan(first + 2).SequenceEqual(known.AsSpan(first + 2));
    }

    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var row = 1; row <= left.Length; row++)
        {
            var current = new int[right.Length + 1];
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var swap = left[row - 1] == right[column - 1] ? 0 : 1;
                current[column] = Math.Min(Math.Min(current[column - 1], previous[column]) + 1, previous[column - 1] + swap);
            }
            previous = current;
        }
        return previous[^1];
    }

    [GeneratedRegex(@"[.!?¡¿;\r\n…]+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"[,:()\[\]{}""“”|/—–]+|\s-+\s|\s-+$|^-+\s")]
    private static partial Regex ClauseEnd();

    [GeneratedRegex(@"[^\p{L}\p{Nd}]+")]
    private static partial Regex NotWord();

    [GeneratedRegex(@"^s+t+o+p+$")]
    private static partial Regex DrawnOutStop();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])(?:s[\s.*_-]{1,2}t[\s.*_-]{1,2}o[\s.*_-]{1,2}p|e[.*_-]n[.*_-]d|q[\s.*_-]u[\s.*_-]i[\s.*_-]t)(?![\p{L}\p{Nd}])")]
    private static partial Regex SpacedOut();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])[s5$]t[o0]p(?![\p{L}\p{Nd}])")]
    private static partial Regex Zero();
}
