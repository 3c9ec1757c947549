using System.Text.RegularExpressions;

namespace EnterpriseHub.AiOrchestrator.Guardrails;

/// <summary>What no reply may contain, whoever wrote it.</summary>
internal static partial class ReplyRules
{
    /// <summary>Why a reply may not go out, in snake_case; null when it may.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="grounds">The lead's own words, market facts and known answers: numbers in them may be repeated.</param>
    public static string? Broken(string reply, IReadOnlyList<string> grounds)
    {
        if (string.IsNullOrWhiteSpace(reply))
        {
            return "empty_reply";
        }
        if (Link().IsMatch(reply))
        {
            return "link_in_reply";
        }
        if (Phone().Matches(reply).Any(number => !IsOfTheLead(number.Value, grounds)))
        {
            return "phone_in_reply";
        }
        return Amounts.StatedIn(reply).IsSubsetOf(Amounts.KnownFrom(grounds)) ? null : "unknown_amount";
    }

    /// <summary>Keeps the first question of a reply and drops later ones.</summary>
    public static string OneQuestion(string reply)
    {
        var asked = false;
        return string.Concat(Sentences.Of(reply).Where(sentence =>
        {
            var marks = sentence.Count(letter => letter == '?');
            var keep = marks == 0 || (marks == 1 && !asked);
            asked |= marks == 1;
            return keep;
        })).Trim();
    }

    /// <summary>The reply without any question.</summary>
    public static string NoQuestion(string reply) =>
        string.Concat(Sentences.Of(reply).Where(sentence => !sentence.Contains('?', StringComparison.Ordinal))).Trim();

    private static bool IsOfTheLead(string number, IReadOnlyList<string> grounds)
    {
        var digits = OnlyDigits(number);
        return grounds.Any(text => OnlyDigits(text).Contains(digits, StringComparison.Ordinal));
    }

    private static string OnlyDigits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    [GeneratedRegex(@"https?:|www\.|\b[a-z0-9-]+\.(?:com|net|org|io|co|us|info|biz|me|ly|app|homes|realty)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Link();

    // Seven digits or more in a row of digits, spaces and signs; amounts with commas are looked at elsewhere.
    [GeneratedRegex(@"(?<![\d$.,])\+?\(?\d(?:[\s().-]?\d){6,14}(?![\d,])", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Phone();
}
