using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.Flow.Tests;

/// <summary>The judge of every run must find what it is there to find.</summary>
public sealed class OracleTests
{
    private static readonly Handover[] Handovers = [Given(1, "a", 0), Given(2, "a", 100), Given(3, "b", 0)];

    [Fact]
    public void A_clean_run_is_clean() =>
        Assert.True(Oracle.Judge(Handovers, [Sent(10, "a", 1), Sent(110, "a", 2), Sent(10, "b", 3)]).Clean);

    [Fact]
    public void A_burst_that_is_answered_together_is_clean() =>
        Assert.True(Oracle.Judge(Handovers, [Sent(110, "a", 1, 2), Sent(10, "b", 3)]).Clean);

    [Fact]
    public void An_unanswered_message_is_lost() =>
        Assert.Equal([2], Oracle.Judge(Handovers, [Sent(10, "a", 1), Sent(10, "b", 3)]).Lost);

    [Fact]
    public void A_message_that_is_answered_twice_is_doubled() =>
        Assert.Equal([1], Oracle.Judge(Handovers, [Sent(10, "a", 1), Sent(110, "a", 1, 2), Sent(10, "b", 3)]).Doubled);

    [Fact]
    public void A_later_answer_to_an_earlier_message_is_out_of_order() =>
        Assert.Single(Oracle.Judge(Handovers, [Sent(110, "a", 2), Sent(120, "a", 1), Sent(10, "b", 3)]).OutOfOrder);

    [Fact]
    public void An_answer_to_somebody_else_is_a_stranger()
    {
        var verdict = Oracle.Judge(Handovers, [Sent(10, "a", 1), Sent(110, "a", 2), Sent(10, "a", 3), Sent(20, "b")]);
        Assert.Equal(2, verdict.Strangers.Count);
    }

    private static Handover Given(int number, string contact, double at) => new(
        new LeadMessage { Ref = number, LocationId = "loc", ConversationId = $"conv-{contact}", ContactId = contact, Text = "", SentAt = default },
        at, at, at + 5);

    private static DeliveredReply Sent(double at, string contact, params int[] refs) => new(at, at, "loc", contact, "", refs);
}
