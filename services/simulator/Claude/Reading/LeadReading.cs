using EnterpriseHub.Simulator.Claude.Schemas;

namespace EnterpriseHub.Simulator.Claude.Reading;

/// <summary>What was understood of the new messages.</summary>
internal sealed class LeadReading : IAnswerSource
{
    private static readonly HashSet<string> Judgements =
        ["intent", "sentiment", "urgency", "language", "needs_human", "opt_out", "appointment", "question", "confidence", "summary", "objections", "timeline_days", "timeline_months",
         "reply", "asks", "answer", "title", "hints"];

    private readonly Dictionary<string, object> facts = [];
    private readonly Dictionary<string, object> byQuestion = [];

    public string Intent => facts.GetValueOrDefault("intent") as string ?? "other";

    public bool Spanish => "es".Equals(facts.GetValueOrDefault("language"));

    public bool NeedsHuman => facts.ContainsKey("needs_human");

    public bool OptOut => facts.ContainsKey("opt_out");

    public IReadOnlyList<(string Key, object Value)> Pairs =>
        [.. facts.Where(fact => !Judgements.Contains(fact.Key)).Select(fact => (fact.Key, fact.Value)),
         .. byQuestion.Where(answer => FieldNames.Of(answer.Key) is not { } fact || !facts.ContainsKey(fact)).Select(answer => (answer.Key, answer.Value))];

    public void Set(string fact, object? value)
    {
        if (value is not null)
        {
            facts[fact] = value;
        }
    }

    public void Answer(string questionKey, object value) => byQuestion[questionKey] = value;

    public object? Fact(string name) => facts.GetValueOrDefault(name);

    /// <summary>True when the new messages answer the question of this key.</summary>
    public bool Answers(string questionKey) =>
        // An intent is always read, but only these answer "buy or sell?".
        FieldNames.Of(questionKey) == "intent" ? Intent is "sell" or "buy" : Find(questionKey) is not null;

    public object? Find(string property)
    {
        var name = FieldNames.Of(property);
        if (name is not null && facts.TryGetValue(name, out var fact))
        {
            return fact;
        }
        if (byQuestion.Count == 0)
        {
            return null;
        }
        var plain = EnumChoice.Plain(property);
        return byQuestion.FirstOrDefault(answer => EnumChoice.Plain(answer.Key) == plain).Value;
    }

    public IEnumerable<string> Candidates(string property, object value) => Synonyms.Of(property, value);
}
