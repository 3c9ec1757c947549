using System.Text.RegularExpressions;
using EnterpriseHub.Simulator.Claude.Schemas;

namespace EnterpriseHub.Simulator.Claude.Reading;

/// <summary>Reads a lead's messages by rules.</summary>
internal static class LeadReader
{
    /// <summary>A seller who is ready within four months can live with 30 to 45 days.</summary>
    private const int FourMonths = 122;

    public static LeadReading Read(PromptText prompt)
    {
        var text = Phrases.Ref().Replace(prompt.Messages, " ").Trim();
        var reading = new LeadReading();
        Property(reading, text, prompt.Mode);
        AnswerToLastQuestion(reading, text, prompt);
        Judge(reading, text, prompt.Mode);
        return reading;
    }

    private static void Property(LeadReading reading, string text, string mode)
    {
        if (PropertyPhrases.Motivation().Match(text) is { Success: true } why)
        {
            reading.Set("motivation", Reason(why));
        }
        reading.Set("destination", Group(PropertyPhrases.Destination().Match(text))?.TrimEnd('.'));
        if (Amounts.Days(text) is { } days)
        {
            reading.Set("timeline", days);
            reading.Set("timeline_days", days);
            reading.Set("timeline_months", new Quantity(Math.Max(1, Math.Round(days.Number / 30)), days.Text));
            reading.Set("timeline_accepted", days.Number <= FourMonths);
        }
        if (PropertyPhrases.Condition().Match(text) is { Success: true } condition)
        {
            reading.Set("condition", ConditionOf(condition.Value));
        }
        reading.Set("address", Group(PropertyPhrases.Address().Match(text)));
        reading.Set("area", Group(PropertyPhrases.Area().Match(text)));
        reading.Set("bedrooms", Amounts.Count(PropertyPhrases.Bedrooms().Match(text)));
        reading.Set("bathrooms", Amounts.Count(PropertyPhrases.Bathrooms().Match(text)));
        if (PropertyPhrases.Financing().Match(text) is { Success: true } financing)
        {
            reading.Set("financing", financing.Groups["p"].Success ? "pre-approved" : financing.Groups["c"].Success ? "cash" : "needs approval");
            reading.Set("preapproved", financing.Groups["p"].Success && !Phrases.No().IsMatch(text));
        }
        reading.Set("property_type", Named(PropertyPhrases.PropertyType().Match(text)));
        var objections = PropertyPhrases.Objections().Matches(text).Select(Named).OfType<string>().Distinct().ToList();
        reading.Set("objections", objections.Count > 0 ? objections : null);
        Money(reading, Amounts.Money(text), IsBuyer(text, mode));
    }

    private static void Money(LeadReading reading, List<decimal> amounts, bool buyer)
    {
        if (amounts.Count == 0)
        {
            return;
        }
        if (!buyer)
        {
            reading.Set("price", Amounts.Dollars(amounts[0]));
            return;
        }
        reading.Set("budget", Amounts.Dollars(amounts.Max()));
        reading.Set("budget_max", Amounts.Dollars(amounts.Max()));
        reading.Set("budget_min", amounts.Count > 1 ? Amounts.Dollars(amounts.Min()) : null);
    }

    /// <summary>A bare "yes", "about 30" or free words belong to the question that was asked last.</summary>
    private static void AnswerToLastQuestion(LeadReading reading, string text, PromptText prompt)
    {
        if (prompt.LastReply is not { } said || prompt.OpenQuestions.Count == 0 || text.Length == 0 || Phrases.OptOut().IsMatch(text) || Phrases.Human().IsMatch(text))
        {
            return;
        }
        var asked = prompt.OpenQuestions.FirstOrDefault(question => said.Contains(question.Text, StringComparison.OrdinalIgnoreCase));
        if (asked.Key is null && (Phrases.Sell().IsMatch(text) || Phrases.Buy().IsMatch(text)))
        {
            // That answers "buy or sell?", which is not among the open questions any more.
            return;
        }
        var key = asked.Key ?? prompt.OpenQuestions[0].Key;
        var yes = Phrases.Yes().IsMatch(text);
        if (yes || Phrases.No().IsMatch(text))
        {
            if (EnumChoice.Plain(key).StartsWith("timeline", StringComparison.Ordinal) && reading.Fact("timeline_accepted") is null)
            {
                reading.Set("timeline_accepted", yes);
            }
            if (!reading.Answers(key))
            {
                reading.Answer(key, yes ? "yes" : "no");
            }
        }
        else if (!reading.Answers(key) && reading.Pairs.Count == 0 && !Phrases.Question().IsMatch(text) && !Phrases.Greeting().IsMatch(text) && text.Length >= 4)
        {
            reading.Answer(key, text.Length > 160 ? text[..160] : text);
        }
    }

    private static void Judge(LeadReading reading, string text, string mode)
    {
        var spanish = Phrases.Spanish().Count(text);
        reading.Set("language", spanish >= 2 || (spanish == 1 && text.Length < 30) ? "es" : "en");
        reading.Set("sentiment", Phrases.Negative().IsMatch(text) ? "negative" : Phrases.Positive().IsMatch(text) ? "positive" : "neutral");
        var days = (reading.Fact("timeline_days") as Quantity)?.Number;
        reading.Set("urgency", Phrases.Urgent().IsMatch(text) || days <= 30 ? "high" : Phrases.Relaxed().IsMatch(text) || days > 180 ? "low" : "medium");
        reading.Set("opt_out", Phrases.OptOut().IsMatch(text) ? true : null);
        reading.Set("needs_human", Phrases.Human().IsMatch(text) || Phrases.Delicate().IsMatch(text) ? true : null);
        reading.Set("appointment", Phrases.Appointment().IsMatch(text) ? true : null);
        reading.Set("question", Phrases.Question().IsMatch(text) ? true : null);
        reading.Set("confidence", new Quantity(0.9m, "0.9"));
        reading.Set("intent", Intent(reading, text, mode));
        reading.Set("summary", $"The lead's message was read as {reading.Intent}.");
    }

    private static string Intent(LeadReading reading, string text, string mode) =>
        reading.OptOut ? "opt_out"
        : Phrases.Human().IsMatch(text) ? "human_request"
        : Phrases.NotInterested().IsMatch(text) ? "not_interested"
        : reading.Fact("appointment") is not null ? "appointment"
        : Phrases.Sell().IsMatch(text) ? "sell"
        : Phrases.Buy().IsMatch(text) ? "buy"
        : Phrases.Question().IsMatch(text) ? "question"
        : Phrases.Greeting().IsMatch(text) ? "greeting"
        : reading.Fact("objections") is not null ? "objection"
        : reading.Pairs.Count == 0 ? "other"
        : mode switch { "seller" => "sell", "buyer" => "buy", _ => "answer" };

    private static bool IsBuyer(string text, string mode) => Phrases.Buy().IsMatch(text) || (mode == "buyer" && !Phrases.Sell().IsMatch(text));

    private static string Reason(Match why)
    {
        var words = (why.Groups[1].Success ? why.Groups[1] : why.Groups[2].Success ? why.Groups[2] : why.Groups[3]).Value.Trim();
        return words.Length > 100 ? words[..100] : words;
    }

    private static string ConditionOf(string words)
    {
        var small = words.ToLowerInvariant();
        return small.Contains("ready", StringComparison.Ordinal) || small.StartsWith("turn", StringComparison.Ordinal) ? "move-in ready"
            : small.StartsWith("need", StringComparison.Ordinal) || small.StartsWith("necesita", StringComparison.Ordinal) || small.StartsWith("fix", StringComparison.Ordinal) ? "needs work"
            : small;
    }

    private static string? Group(Match match) => !match.Success ? null
        : match.Groups.Cast<Group>().Skip(1).First(group => group.Success).Value.Trim();

    private static string? Named(Match match) => !match.Success ? null
        : match.Groups.Cast<Group>().Skip(1).FirstOrDefault(group => group.Success && !char.IsDigit(group.Name[0]))?.Name;
}
