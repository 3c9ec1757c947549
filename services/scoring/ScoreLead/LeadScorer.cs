using EnterpriseHub.Contracts.Scoring;

namespace EnterpriseHub.Scoring.ScoreLead;

/// <summary>A score with its reasons, strongest first.</summary>
internal sealed record ScoredLead(int? Score, IReadOnlyList<ScoreReason> Reasons);

/// <summary>
/// The rules that score until a model is trained and shown to be better. The points were set by reasoning, not fitted to
/// outcomes: they rank leads, they are no probabilities. Sum of the factors, cut to 0..100; an opted-out lead is 0.
/// <list type="table">
/// <item><term>questions_answered</term><description>10, 18, 25, 31, 35, 38, 40 for 1 to 7 and more</description></item>
/// <item><term>temperature_hot / _warm</term><description>+20 / +10</description></item>
/// <item><term>timeline_accepted / _refused</term><description>+10 / -10</description></item>
/// <item><term>urgency_high / _medium</term><description>+8 / +3</description></item>
/// <item><term>sentiment_positive / _negative</term><description>+4 / -6</description></item>
/// <item><term>asked_for_a_person</term><description>+6</description></item>
/// <item><term>objections</term><description>-3 each, at most -12</description></item>
/// <item><term>messages_written</term><description>3, 7, 10 for 1, 2 to 3, 4 and more</description></item>
/// <item><term>answers_quickly</term><description>median answer within 5 minutes +8, an hour +5, a day +2</description></item>
/// <item><term>wrote_lately / silent_14_days / silent_30_days</term><description>within a day +4 / -10 / -20</description></item>
/// <item><term>do_not_disturb</term><description>-30</description></item>
/// </list>
/// How many questions were answered counts, not what was answered (the timeline excepted). Language, area, name and
/// family are not looked at: they stand in for protected classes.
/// </summary>
internal static class LeadScorer
{
    public const string Model = "rules-1";

    private static readonly TimeSpan[] RecencyBounds = [TimeSpan.FromDays(1), TimeSpan.FromDays(14), TimeSpan.FromDays(30)];
    private static readonly int[] AnswerPoints = [0, 10, 18, 25, 31, 35, 38, 40];

    public static ScoredLead Score(LeadFeatures lead, DateTimeOffset now)
    {
        if (!lead.Known)
        {
            return new ScoredLead(null, []);
        }
        if (lead.OptedOut != 0)
        {
            return new ScoredLead(0, [new ScoreReason("opted_out", -100)]);
        }
        List<ScoreReason> reasons =
        [
            new("questions_answered", AnswerPoints[Math.Clamp(lead.Answered, 0, AnswerPoints.Length - 1)]),
            lead.Temperature switch { "hot" => new("temperature_hot", 20), "warm" => new("temperature_warm", 10), _ => None },
            lead.TimelineAccepted switch { 1 => new("timeline_accepted", 10), 0 => new("timeline_refused", -10), _ => None },
            lead.Urgency switch { "high" => new("urgency_high", 8), "medium" => new("urgency_medium", 3), _ => None },
            lead.Sentiment switch { "positive" => new("sentiment_positive", 4), "negative" => new("sentiment_negative", -6), _ => None },
            lead.HumanRequests > 0 ? new("asked_for_a_person", 6) : None,
            new("objections", -3 * (int)Math.Min(lead.Objections, 4)),
            new("messages_written", lead.Messages switch { <= 0 => 0, 1 => 3, <= 3 => 7, _ => 10 }),
            new("answers_quickly", Quickness(lead.MedianReplyGap())),
            Recency(lead, now),
            lead.Dnd != 0 ? new("do_not_disturb", -30) : None,
        ];
        return new ScoredLead(
            Math.Clamp(reasons.Sum(reason => reason.Points), 0, 100),
            [.. reasons.Where(reason => reason.Points != 0).OrderByDescending(reason => Math.Abs(reason.Points)).ThenBy(reason => reason.Factor, StringComparer.Ordinal)]);
    }

    /// <summary>When time alone changes the score; null when it will not.</summary>
    public static DateTimeOffset? ChangesAt(LeadFeatures lead, DateTimeOffset now)
    {
        var last = DateTimeOffset.FromUnixTimeMilliseconds(lead.LastAt);
        return lead.LastAt == 0 || lead.OptedOut != 0
            ? null
            : RecencyBounds.Select(bound => last + bound).Where(at => at > now).Select(at => (DateTimeOffset?)at).FirstOrDefault();
    }

    private static readonly ScoreReason None = new("none", 0);

    private static int Quickness(TimeSpan? median) => median switch
    {
        null => 0,
        { TotalMinutes: <= 5 } => 8,
        { TotalHours: <= 1 } => 5,
        { TotalDays: <= 1 } => 2,
        _ => 0,
    };

    private static ScoreReason Recency(LeadFeatures lead, DateTimeOffset now)
    {
        if (lead.LastAt == 0)
        {
            return None;
        }
        var silence = now - DateTimeOffset.FromUnixTimeMilliseconds(lead.LastAt);
        return silence < RecencyBounds[0] ? new("wrote_lately", 4)
            : silence >= RecencyBounds[2] ? new("silent_30_days", -20)
            : silence >= RecencyBounds[1] ? new("silent_14_days", -10)
            : None;
    }
}
