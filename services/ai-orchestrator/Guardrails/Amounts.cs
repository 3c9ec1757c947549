using System.Globalization;
using System.Text.RegularExpressions;

namespace EnterpriseHub.AiOrchestrator.Guardrails;

/// <summary>Money amounts in a text, as numbers: "$650k", "650,000" and "650 thousand" are one amount.</summary>
internal static partial class Amounts
{
    /// <summary>Amounts that a text states as money.</summary>
    public static IReadOnlySet<decimal> StatedIn(string text) => Read(Money(), text);

    /// <summary>Every number of a text, read in each way it may have been meant: a lead's "680" is also 680 000.</summary>
    public static IReadOnlySet<decimal> KnownFrom(IEnumerable<string> texts)
    {
        var known = new HashSet<decimal>();
        foreach (var number in texts.SelectMany(text => Read(Number(), text)))
        {
            known.Add(number);
            if (number is >= 100 and < 1_000)
            {
                known.Add(number * 1_000);
            }
        }
        return known;
    }

    private static HashSet<decimal> Read(Regex pattern, string text) =>
        [.. pattern.Matches(text).Select(ValueOf).OfType<decimal>()];

    private static decimal? ValueOf(Match match)
    {
        var digits = match.Groups["digits"].Value.Trim('.', ',');
        // "650.000" is the Spanish way to write 650,000.
        digits = Grouped().IsMatch(digits) ? digits.Replace(".", "", StringComparison.Ordinal) : digits;
        if (!decimal.TryParse(digits.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value > 1_000_000_000_000m)
        {
            return null;
        }
        return match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            "k" or "thousand" or "mil" => value * 1_000,
            "m" or "mm" or "million" or "millones" or "millón" => value * 1_000_000,
            _ => value,
        };
    }

    private const string Digits = @"(?<digits>\d{1,12}(?:[.,]\d+)*)";
    private const string Unit = @"(?<unit>thousand|million|millones|millón|mil|mm|k|m)\b";

    [GeneratedRegex(@"(?:\$|US\$|USD)\s*" + Digits + @"\s*(?:" + Unit + @")?|" + Digits + @"\s*" + Unit
        + @"|" + Digits + @"(?=\s*(?:dollars|dólares|usd)\b)|(?<![\d.,])(?<digits>\d{1,3}(?:[.,]\d{3})+)(?![\d])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Money();

    [GeneratedRegex(Digits + @"\s*(?:" + Unit + @")?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^\d{1,3}(\.\d{3})+$", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Grouped();
}
