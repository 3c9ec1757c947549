using EnterpriseHub.Scoring.ScoreLead;

namespace EnterpriseHub.Scoring.Tests;

public sealed class FeatureChangesTests
{
    private static readonly LeadFeatures New = new() { LocationId = "loc1", ContactId = "c" };

    [Fact]
    public void An_older_start_that_comes_late_does_not_undo_a_stop()
    {
        var stopped = New.After(Facts.OptOut("c", optedOut: true, Facts.At.AddMinutes(2)));
        Assert.Equal(1, stopped.After(Facts.OptOut("c", optedOut: false, Facts.At.AddMinutes(1))).OptedOut);
        Assert.Equal(0, stopped.After(Facts.OptOut("c", optedOut: false, Facts.At.AddMinutes(3))).OptedOut);
    }

    [Fact]
    public void Only_the_first_message_after_our_reply_is_an_answer_to_it()
    {
        var replied = New.After(Facts.Turn("c", 1, "warm"));
        var answered = replied.After(Facts.Inbound("c", 2, at: Facts.At.AddMinutes(3)));
        Assert.Equal(TimeSpan.FromMinutes(3), answered.MedianReplyGap());
        Assert.Equal(answered.ReplyGaps, answered.After(Facts.Inbound("c", 3, at: Facts.At.AddMinutes(60))).ReplyGaps);
    }

    [Fact]
    public void Two_fields_of_one_question_are_one_answer_and_selling_is_none()
    {
        var lead = New.After(Facts.Turn("c", 1, "warm", "intent", "timeline", "timeline_accepted", "budget_min", "budget_max"));
        Assert.Equal((2, 1), (lead.Answered, lead.TimelineAccepted));
    }

    [Fact]
    public void An_older_turn_changes_no_qualification()
    {
        var lead = New.After(Facts.Turn("c", 9, "hot", "motivation")).After(Facts.Turn("c", 4, "cold"));
        Assert.Equal(("hot", 1L), (lead.Temperature, lead.Answered));
    }
}
