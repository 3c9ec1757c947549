using EnterpriseHub.WebhookGateway.DeliverReply;
using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.ReconcileDeliveries;
using EnterpriseHub.WebhookGateway.Tests.DeliverReply;

namespace EnterpriseHub.WebhookGateway.Tests.Reconcile;

/// <summary>What a list of messages says of an unknown send, message by message.</summary>
public sealed class MatchTests
{
    private static readonly Reply Sms = Replies.Make();
    private static readonly Reply Email = Replies.Make(channel: "Email");
    private static readonly ListedMessage Ours = new("m1", true, "c1", "Happy to help!", Replies.Started, null, "api");
    private static readonly ListedMessage Agents = Ours with { Body = "I call you now.", UserId = "u1", Source = "app", AddedAt = Replies.Started.AddSeconds(1) };

    private static Match Of(Reply reply, params ListedMessage[] messages) => Match.Of(reply, messages);

    [Fact]
    public void Its_text_in_its_time_to_its_contact_is_found()
    {
        Assert.Equal(["m1"], Assert.IsType<Match.Found>(Of(Sms, Ours)).MessageIds);
        Assert.IsType<Match.Found>(Of(Sms, Ours with { AddedAt = Replies.Started - Match.ClockSlack }));
        Assert.IsType<Match.Found>(Of(Sms, Ours with { AddedAt = Replies.Started.AddMinutes(3) }));
        Assert.IsType<Match.Found>(Of(Sms, Ours with { UserId = "u1", Source = "app" }));
        Assert.IsType<Match.Found>(Of(Sms, Ours with { ContactId = null, AddedAt = null }));
    }

    [Fact]
    public void Another_text_time_contact_or_direction_is_not_it()
    {
        Assert.IsType<Match.Missing>(Of(Sms));
        Assert.IsType<Match.Missing>(Of(Sms, Ours with { Body = "Something else" }));
        Assert.IsType<Match.Missing>(Of(Sms, Ours with { AddedAt = Replies.Started - Match.ClockSlack - TimeSpan.FromMilliseconds(1) }));
        Assert.IsType<Match.Missing>(Of(Sms, Ours with { ContactId = "c2" }));
        Assert.IsType<Match.Missing>(Of(Sms, Ours with { Outbound = false }));
    }

    [Fact]
    public void Of_several_the_earliest_comes_first() => Assert.Equal(
        ["before", "at", "after"],
        Assert.IsType<Match.Found>(Of(
            Sms,
            Ours with { Id = "after", AddedAt = Replies.Started.AddSeconds(9) },
            Ours with { Id = "at", AddedAt = null },
            Ours with { Id = "before", AddedAt = Replies.Started.AddSeconds(-9) })).MessageIds);

    [Fact]
    public void An_email_without_text_that_no_person_wrote_may_be_ours()
    {
        Assert.IsType<Match.Unclear>(Of(Email, Ours with { Body = null }));
        Assert.IsType<Match.Missing>(Of(Sms, Ours with { Body = null }));
        Assert.IsType<Match.Missing>(Of(Email, Ours with { Body = null, UserId = "u1" }));
        Assert.IsType<Match.Missing>(Of(Email, Ours with { Body = "Something else" }));
    }

    [Fact]
    public void A_person_who_wrote_after_the_send_began_has_the_word()
    {
        Assert.IsType<Match.HumanWrote>(Of(Sms, Agents));
        Assert.IsType<Match.HumanWrote>(Of(Sms, Agents with { Source = null }));
        Assert.IsType<Match.Missing>(Of(Sms, Agents with { Source = "workflow" }));
        Assert.IsType<Match.Missing>(Of(Sms, Agents with { UserId = null }));
        Assert.IsType<Match.Missing>(Of(Sms, Agents with { AddedAt = Replies.Started }));
        Assert.IsType<Match.Missing>(Of(Sms, Agents with { AddedAt = null }));
    }
}
