using EnterpriseHub.AiOrchestrator.Claude;
using EnterpriseHub.AiOrchestrator.Guardrails;
using EnterpriseHub.AiOrchestrator.Qualification;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>The text of a reply: the model's draft if it holds every rule, else our own words with the next open question.</summary>
internal static class ComposeReply
{
    public static Decision From(Facts facts, Mode mode, Language language, QualificationState state)
    {
        var limit = SmsText.LimitOf(facts.Turn.Channel);
        var open = QuestionCatalogue.Open(mode, state, facts.Turn.Asked);
        if (facts.Draft is not { } draft || facts.Analysis is null)
        {
            return Own(facts.WithoutModel ?? "model_unavailable", Phrases.Greet(language, facts.Contact.FirstName));
        }
        var reply = SmsText.Fit(ReplyRules.OneQuestion(SmsText.Clean(draft.Reply)), limit);
        var problem = draft.Problem
            ?? ReplyRules.Broken(reply, Grounds(facts, state))
            ?? (Languages.Of(reply) is { } spoken && spoken != language && facts.Analysis.Language != "other" ? "wrong_language" : null);
        if (problem is not null)
        {
            return Own(problem, Phrases.Acknowledge(language));
        }
        var asks = Asked(draft, reply);
        var rightQuestions = draft.WrittenFor is null || draft.WrittenFor == mode || open.Count == 0;
        if (asks is null ? rightQuestions : open.Any(question => question.Key == asks))
        {
            return new Decision.Send(reply, asks);
        }
        // The draft was written before the analysis was in: what it asks is answered or was asked often enough,
        // or it did not know yet whether the lead sells or buys.
        return Own("question_replaced", Short(ReplyRules.NoQuestion(reply)) ?? Phrases.Acknowledge(language));

        Decision Own(string reason, string opening) => open.Count > 0
            ? new Decision.Redraft(SmsText.Fit($"{opening} {open[0].In(language)}", limit), open[0].Key, reason)
            : facts.WithoutModel is not null
                ? new Decision.HandOver(HandOverText(facts, language), reason)
                : new Decision.Redraft(SmsText.Fit(reason == "question_replaced" ? opening : Phrases.Noted(language), limit), null, reason);
    }

    public static string HandOverText(Facts facts, Language language) =>
        SmsText.Fit(Phrases.HandOver(language), SmsText.LimitOf(facts.Turn.Channel));

    /// <summary>Key of our question that the reply asks; null when it asks none of ours.</summary>
    private static string? Asked(Draft draft, string reply) =>
        reply.Contains('?', StringComparison.Ordinal)
            ? QuestionCatalogue.Keys.FirstOrDefault(key => key.Equals(draft.Asks.Trim(), StringComparison.OrdinalIgnoreCase))
            : null;

    /// <summary>An acknowledgement longer than this would hide the question.</summary>
    private static string? Short(string text) => text.Length is > 0 and <= 160 ? text : null;

    private static List<string> Grounds(Facts facts, QualificationState state) =>
    [
        .. facts.Turn.Unanswered.Select(said => said.Text),
        .. facts.Turn.History.Where(said => said.Direction == "lead").Select(said => said.Text),
        .. state.Known.Values,
        .. facts.Market?.Facts ?? [],
    ];
}
