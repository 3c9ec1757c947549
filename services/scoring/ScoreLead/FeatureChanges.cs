using EnterpriseHub.Contracts.Conversations;

namespace EnterpriseHub.Scoring.ScoreLead;

/// <summary>What each fact changes in a lead's features. Facts may come in any order: times only grow, older turns change nothing.</summary>
internal static class FeatureChanges
{
    private static readonly string[] TimelineFields = ["timeline_acceptable", "timeline_accepted"];

    public static LeadFeatures After(this LeadFeatures lead, InboundMessageAccepted message)
    {
        var at = message.SentAt.ToUnixTimeMilliseconds();
        var counted = lead with
        {
            Messages = lead.Messages + 1,
            FirstAt = lead.FirstAt == 0 ? at : Math.Min(lead.FirstAt, at),
            LastAt = Math.Max(lead.LastAt, at),
        };
        // Only the first message after our reply is an answer to it.
        var answers = lead.LastReplyAt > 0 && at > lead.LastReplyAt && lead.LastAt <= lead.LastReplyAt;
        return answers ? counted.WithReplyGap(at - lead.LastReplyAt) : counted;
    }

    public static LeadFeatures After(this LeadFeatures lead, TurnDecided turn)
    {
        var wantsPerson = Lower(turn.Analysis.GetValueOrDefault("intent")) == "human_request" || Lower(turn.Analysis.GetValueOrDefault("needs_human")) == "true";
        var counted = lead with
        {
            HumanRequests = lead.HumanRequests + (wantsPerson ? 1 : 0),
            Objections = lead.Objections + CountOf(turn.Analysis, "objections"),
            LastReplyAt = turn.Decision == "send" ? Math.Max(lead.LastReplyAt, turn.DecidedAt.ToUnixTimeMilliseconds()) : lead.LastReplyAt,
        };
        if (turn.AnswersUpToSeq < lead.TurnSeq)
        {
            return counted;
        }
        return counted with
        {
            TurnSeq = turn.AnswersUpToSeq,
            Mode = turn.Mode,
            Temperature = Lower(turn.Temperature) ?? "cold",
            Answered = turn.Qualification.Where(field => !string.IsNullOrWhiteSpace(field.Value)).Select(field => TopicOf(field.Key)).Distinct(StringComparer.Ordinal).Count(topic => topic.Length > 0),
            TimelineAccepted = Timeline(turn.Qualification),
            Intent = Lower(turn.Analysis.GetValueOrDefault("intent")) ?? lead.Intent,
            Sentiment = Lower(turn.Analysis.GetValueOrDefault("sentiment")) ?? lead.Sentiment,
            Urgency = Lower(turn.Analysis.GetValueOrDefault("urgency")) ?? lead.Urgency,
        };
    }

    public static LeadFeatures After(this LeadFeatures lead, OptOutRecorded change)
    {
        var at = change.At.ToUnixTimeMilliseconds();
        return at < lead.OptedOutAt ? lead : lead with { OptedOut = change.OptedOut ? 1 : 0, OptedOutAt = at };
    }

    private static long? Timeline(IReadOnlyDictionary<string, string> qualification) =>
        TimelineFields.Select(field => Lower(qualification.GetValueOrDefault(field))).FirstOrDefault(value => value is not null) switch
        {
            null => null,
            "true" or "yes" or "accepted" or "1" => 1,
            "false" or "no" or "refused" or "0" => 0,
            _ => null,
        };

    private static int CountOf(IReadOnlyDictionary<string, string> analysis, string field) =>
        Lower(analysis.GetValueOrDefault(field)) is { } value and not "none"
            ? value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Length
            : 0;

    /// <summary>Two fields of one question are one answer; whether they sell or buy is no answer at all.</summary>
    private static string TopicOf(string field) => field switch
    {
        "intent" => "",
        "timeline_accepted" or "timeline_acceptable" => "timeline",
        "budget_min" or "budget_max" => "budget",
        _ => field,
    };

    private static string? Lower(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim().ToLowerInvariant();
}
