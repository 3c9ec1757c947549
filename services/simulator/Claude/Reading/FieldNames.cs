using System.Collections.Concurrent;

namespace EnterpriseHub.Simulator.Claude.Reading;

/// <summary>The names under which a schema or a question may ask for a fact.</summary>
internal static class FieldNames
{
    /// <summary>Schemas ask for the same names all day.</summary>
    private static readonly ConcurrentDictionary<string, string?> Asked = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Names = Build(
        ("intent", "primaryintent leadintent"),
        ("sentiment", "tone mood"),
        ("urgency", "urgencylevel priority"),
        ("language", "lang locale"),
        ("motivation", "reason why sellingreason reasonforselling motive sellermotivation buyermotivation"),
        ("destination", "movingto relocation newlocation whereto"),
        ("timeline", "timeframe when movingtimeline closingtimeline timelinetext sellingtimeline buyingtimeline"),
        ("timeline_days", "days timelineindays"),
        ("timeline_months", "months timelineinmonths"),
        ("timeline_accepted", "timelineacceptable timelineok timelinefit acceptstimeline timelineaccept"),
        ("condition", "propertycondition homecondition housecondition"),
        ("price", "priceexpectation askingprice expectedprice desiredprice pricegoal"),
        ("address", "propertyaddress homeaddress streetaddress"),
        ("budget", "pricerange maxbudget"),
        ("budget_min", "minbudget minprice pricemin"),
        ("budget_max", "maxprice pricemax"),
        ("area", "location areas neighborhood neighborhoods city preferredarea preferredlocation locationpreference locations"),
        ("bedrooms", "beds bedroomcount minbedrooms"),
        ("bathrooms", "baths bathroomcount minbathrooms"),
        ("financing", "financingstatus financingtype payment preapproval"),
        ("preapproved", "ispreapproved haspreapproval"),
        ("property_type", "hometype housetype propertytypes"),
        ("needs_human", "humanrequest wantshuman handoff needshandoff escalate needshumanagent handover"),
        ("opt_out", "optout unsubscribe stop wantstostop isoptout"),
        ("appointment", "appointmentrequest wantsappointment wantscall"),
        ("objections", "objection objectiontypes"),
        ("confidence", "certainty probability"),
        ("summary", "reasoning explanation rationale notes note"),
        ("hints", "hint suggestions suggestion tips actions nextsteps recommendations talkingpoints"),
        ("answer", "text response content message"),
        ("title", "headline subject"),
        ("reply", "replytext draft"),
        ("asks", "askskey askedquestion questionkey askskeyname nextquestion"),
        ("question", "isquestion asksquestion"));

    /// <summary>The fact's own name, or null when no known name fits.</summary>
    public static string? Of(string property)
    {
        if (Asked.TryGetValue(property, out var known))
        {
            return known;
        }
        var fact = Names.GetValueOrDefault(Schemas.EnumChoice.Plain(property));
        if (Asked.Count < 10_000)
        {
            Asked[property] = fact;
        }
        return fact;
    }

    private static Dictionary<string, string> Build(params (string Fact, string Others)[] table)
    {
        var names = new Dictionary<string, string>();
        foreach (var (fact, others) in table)
        {
            names[Schemas.EnumChoice.Plain(fact)] = fact;
            foreach (var other in others.Split(' '))
            {
                names.TryAdd(other, fact);
            }
        }
        return names;
    }
}
