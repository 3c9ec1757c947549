using System.Globalization;
using EnterpriseHub.Simulator.Claude.Schemas;

namespace EnterpriseHub.Simulator.Claude.Reading;

/// <summary>Numbers in a lead's words.</summary>
internal static class Amounts
{
    private static readonly string[] English = ["", "one", "two", "three", "four", "five", "six"];
    private static readonly string[] Spanish = ["", "un", "dos", "tres", "cuatro", "cinco", "seis"];

    /// <summary>Amounts that can only be the price of a home, in the order in which they were said.</summary>
    public static List<decimal> Money(string text)
    {
        var found = new List<decimal>();
        decimal pending = 0;
        foreach (System.Text.RegularExpressions.Match match in PropertyPhrases.Money().Matches(text))
        {
            if (!decimal.TryParse(match.Groups[2].Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
            {
                continue;
            }
            var unit = match.Groups[3].Value.ToLowerInvariant();
            var factor = unit switch { "k" or "mil" or "thousand" => 1_000m, "m" or "million" or "millones" => 1_000_000m, _ => 1m };
            var amount = number * factor;
            if (amount < 20_000 || amount > 100_000_000)
            {
                // "300-350k": the first number takes the unit of the second.
                pending = factor == 1 && number is >= 20 and < 1000 ? number : 0;
                continue;
            }
            if (pending > 0 && factor > 1)
            {
                found.Add(pending * factor);
            }
            pending = 0;
            found.Add(amount);
        }
        return found;
    }

    public static Quantity Dollars(decimal amount) => new(amount, string.Create(CultureInfo.InvariantCulture, $"${amount:#,0}"));

    /// <summary>The longer end of a duration in days, and the words for it.</summary>
    public static Quantity? Days(string text)
    {
        if (PropertyPhrases.Duration().Match(text) is { Success: true } match)
        {
            var number = int.Parse(match.Groups[2].Success ? match.Groups[2].Value : match.Groups[1].Value, CultureInfo.InvariantCulture);
            var unit = char.ToLowerInvariant(match.Groups[3].Value[0]);
            return new Quantity(number * (unit switch { 'w' or 's' => 7, 'm' => 30, 'y' or 'a' => 365, _ => 1 }), match.Value.Trim());
        }
        if (PropertyPhrases.When().Match(text) is not { Success: true } when)
        {
            return null;
        }
        var word = when.Value.ToLowerInvariant();
        var days = word.Contains("year", StringComparison.Ordinal) || word.Contains("rush", StringComparison.Ordinal) || word.Contains("prisa", StringComparison.Ordinal) ? 365
            : word.StartsWith("next", StringComparison.Ordinal) && !word.EndsWith("week", StringComparison.Ordinal) ? 60
            : word.StartsWith("this", StringComparison.Ordinal) && !word.EndsWith("week", StringComparison.Ordinal) ? 30
            : 14;
        return new Quantity(days, when.Value);
    }

    public static Quantity? Count(System.Text.RegularExpressions.Match match)
    {
        if (!match.Success)
        {
            return null;
        }
        var word = match.Groups[1].Value.ToLowerInvariant();
        var number = int.TryParse(word, CultureInfo.InvariantCulture, out var digits) ? digits
            : Math.Max(Array.IndexOf(English, word), Math.Max(Array.IndexOf(Spanish, word), 1));
        return new Quantity(number, number.ToString(CultureInfo.InvariantCulture));
    }
}
