using EnterpriseHub.Simulator.Claude.Schemas;

namespace EnterpriseHub.Simulator.Claude.Reading;

/// <summary>Other words for a value, so that it is found in whatever list a schema offers.</summary>
internal static class Synonyms
{
    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["sell"] = ["sell", "seller", "selling", "sell_property", "seller_lead", "wants_to_sell", "qualification", "provide_info", "information"],
        ["buy"] = ["buy", "buyer", "buying", "buy_property", "buyer_lead", "wants_to_buy", "qualification", "provide_info", "information"],
        ["question"] = ["question", "ask_question", "inquiry", "information_request", "general_question"],
        ["opt_out"] = ["opt_out", "stop", "unsubscribe", "not_interested"],
        ["human_request"] = ["human_request", "human", "talk_to_human", "wants_human", "agent_request", "handoff", "escalation"],
        ["appointment"] = ["appointment", "schedule", "book", "booking", "appointment_request", "schedule_showing", "tour", "call"],
        ["greeting"] = ["greeting", "hello", "smalltalk", "small_talk", "chitchat"],
        ["not_interested"] = ["not_interested", "rejection", "objection", "decline"],
        ["objection"] = ["objection", "concern", "not_interested"],
        ["answer"] = ["answer", "provide_info", "information", "qualification", "qualifying", "provide_information", "answer_question"],
        ["other"] = ["other", "unknown", "unclear", "general", "none", "irrelevant"],
        ["high"] = ["high", "urgent", "immediate", "critical", "hot"],
        ["medium"] = ["medium", "moderate", "normal", "soon", "warm"],
        ["low"] = ["low", "not_urgent", "cold", "none"],
        ["negative"] = ["negative", "frustrated", "angry", "upset"],
        ["positive"] = ["positive", "happy", "excited", "interested"],
        ["neutral"] = ["neutral", "mixed", "unknown"],
        ["en"] = ["en", "english", "en_us"],
        ["es"] = ["es", "spanish", "espanol", "es_us", "es_mx"],
        ["cash"] = ["cash", "all_cash", "cash_buyer"],
        ["pre-approved"] = ["pre_approved", "preapproved", "mortgage", "financed", "loan"],
        ["needs approval"] = ["needs_approval", "mortgage", "loan", "financed", "financing", "needs_financing", "conventional", "not_preapproved"],
        ["move-in ready"] = ["move_in_ready", "excellent", "great", "good", "turnkey"],
        ["good"] = ["good", "move_in_ready", "great", "excellent", "average"],
        ["needs work"] = ["needs_work", "needs_repairs", "repairs", "fair", "poor", "fixer", "minor_repairs"],
        ["house"] = ["house", "single_family", "single_family_home", "sfh", "home"],
        ["condo"] = ["condo", "condominium", "apartment"],
        ["price"] = ["price", "price_too_low", "too_low", "too_high", "cost"],
        ["commission"] = ["commission", "fees", "cost"],
        ["timing"] = ["timing", "not_ready", "needs_time", "thinking"],
        ["has_agent"] = ["has_agent", "already_has_agent", "working_with_agent", "agent"],
        ["trust"] = ["trust", "skeptical", "scam"],
        ["relocation"] = ["relocation", "relocating", "job", "job_change", "moving"],
        ["inheritance"] = ["inheritance", "inherited", "probate", "estate"],
        ["downsizing"] = ["downsizing", "downsize", "empty_nest", "retirement"],
        ["financial"] = ["financial", "foreclosure", "distress", "debt"],
    };

    private static readonly (decimal Days, string[] Bands)[] Timelines =
    [
        (14, ["immediate", "asap", "immediately", "now", "within_30_days", "0_30_days", "urgent", "under_1_month"]),
        (45, ["within_30_days", "0_30_days", "30_45_days", "30_days", "1_month", "within_45_days", "1_3_months", "within_3_months", "soon"]),
        (100, ["1_3_months", "within_3_months", "3_months", "60_90_days", "30_90_days", "short_term", "soon"]),
        (200, ["3_6_months", "within_6_months", "6_months", "medium_term", "later"]),
        (decimal.MaxValue, ["6_12_months", "over_6_months", "6_months", "12_months", "long_term", "later", "no_rush", "just_looking"]),
    ];

    public static IEnumerable<string> Of(string property, object value)
    {
        var text = value.ToString()!;
        yield return text;
        if (value is Quantity quantity && (FieldNames.Of(property) ?? "").StartsWith("timeline", StringComparison.Ordinal))
        {
            foreach (var band in Timelines.First(band => quantity.Number <= band.Days).Bands)
            {
                yield return band;
            }
        }
        if (value is bool flag)
        {
            yield return flag ? "yes" : "no";
            yield return flag ? "accepted" : "rejected";
        }
        foreach (var (name, words) in Words)
        {
            if (text == name || (text.Length > name.Length && text.Contains(name, StringComparison.OrdinalIgnoreCase) && name.Length > 3))
            {
                foreach (var word in words)
                {
                    yield return word;
                }
            }
        }
    }
}
