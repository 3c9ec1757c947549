using EnterpriseHub.Scoring.ScoreLead;
using FsCheck;
using FsCheck.Fluent;

namespace EnterpriseHub.Scoring.Tests;

public sealed class LeadScorerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<LeadFeatures> Leads =
        from messages in Gen.Choose(0, 60)
        from answered in Gen.Choose(0, 12)
        from temperature in Gen.Elements("hot", "warm", "cold", "")
        from sentiment in Gen.Elements("positive", "neutral", "negative", null)
        from urgency in Gen.Elements("high", "medium", "low", null)
        from timeline in Gen.Elements<long?>(0, 1, null)
        from objections in Gen.Choose(0, 1000)
        from people in Gen.Choose(0, 3)
        from dnd in Gen.Choose(0, 1)
        from optedOut in Gen.Choose(0, 1)
        from seq in Gen.Choose(0, 9)
        from silence in Gen.Choose(-5, 1200)
        from gaps in Gen.Choose(0, 90_000_000).ListOf()
        select gaps.Aggregate(
            new LeadFeatures
            {
                LocationId = "loc", ContactId = "contact", Messages = messages, Answered = answered, Temperature = temperature, Sentiment = sentiment,
                Urgency = urgency, TimelineAccepted = timeline, Objections = objections, HumanRequests = people, Dnd = dnd, OptedOut = optedOut, TurnSeq = seq,
                LastAt = messages == 0 ? 0 : Now.AddHours(-silence).ToUnixTimeMilliseconds(),
            },
            (lead, gap) => lead.WithReplyGap(gap));

    [Fact]
    public void A_score_is_between_0_and_100() =>
        Check(lead => LeadScorer.Score(lead, Now).Score is null or (>= 0 and <= 100));

    [Fact]
    public void One_more_answered_question_never_lowers_the_score() =>
        Check(lead => (LeadScorer.Score(lead with { Answered = lead.Answered + 1 }, Now).Score ?? -1) >= (LeadScorer.Score(lead, Now).Score ?? -1));

    [Fact]
    public void An_opted_out_lead_has_0() =>
        Check(lead => LeadScorer.Score(lead with { OptedOut = 1 }, Now) is { Score: 0, Reasons: [{ Factor: "opted_out" }] });

    [Fact]
    public void The_score_is_the_sum_of_its_reasons_cut_to_the_scale() =>
        Check(lead => LeadScorer.Score(lead, Now) is var scored && (scored.Score is null || scored.Score == Math.Clamp(scored.Reasons.Sum(reason => reason.Points), 0, 100)));

    [Fact]
    public void The_strongest_reason_comes_first_and_none_is_empty() =>
        Check(lead =>
        {
            var points = LeadScorer.Score(lead, Now).Reasons.Select(reason => Math.Abs(reason.Points)).ToList();
            return points.All(point => point > 0) && points.SequenceEqual(points.OrderDescending());
        });

    [Fact]
    public void Between_now_and_the_next_change_the_score_stays() =>
        Check(lead => LeadScorer.ChangesAt(lead, Now) is not { } at
            || (at > Now && LeadScorer.Score(lead, at.AddMilliseconds(-1)).Score == LeadScorer.Score(lead, Now).Score));

    [Fact]
    public void Nothing_known_is_no_score() =>
        Assert.Null(LeadScorer.Score(new LeadFeatures { LocationId = "loc", ContactId = "contact" }, Now).Score);

    [Fact]
    public void A_hot_lead_with_a_timeline_outranks_a_cold_one_with_a_single_message()
    {
        var cold = new LeadFeatures { LocationId = "loc", ContactId = "a", Messages = 1, LastAt = Now.ToUnixTimeMilliseconds() };
        var hot = cold with { Messages = 5, Answered = 4, Temperature = "hot", TimelineAccepted = 1 };
        Assert.Equal(7, LeadScorer.Score(cold, Now).Score);
        Assert.Equal(75, LeadScorer.Score(hot, Now).Score);
    }

    private static void Check(Func<LeadFeatures, bool> law) =>
        Prop.ForAll(Arb.From(Leads), law).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
