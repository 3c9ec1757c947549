using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.OptOut;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

public sealed class OptOutWordsTests
{
    [Theory]
    [InlineData("START", true)]
    [InlineData("start!", true)]
    [InlineData("Unstop", true)]
    [InlineData("INICIAR", true)]
    [InlineData("start over", false)]
    [InlineData("When can we start?", false)]
    [InlineData("start. now", false)]
    [InlineData("", false)]
    public void Opt_in_is_a_word_alone(string text, bool expected) => Assert.Equal(expected, OptOutWords.IsOptIn(text));

    [Theory]
    [InlineData("Unsubscribe", true)]
    [InlineData("STOP", true)]
    [InlineData("Re: Unsubscribe", false)]
    [InlineData("Fwd: stop", false)]
    [InlineData("Roof quote", false)]
    [InlineData(null, false)]
    public void The_subject_of_a_new_mail_counts(string? subject, bool expected) => Assert.Equal(expected, OptOutWords.IsSubjectOptOut(subject));

    [Fact]
    public void Endless_text_takes_no_endless_time()
    {
        Assert.False(OptOutWords.IsOptOut(string.Concat(Enumerable.Repeat("do not want to the these all ", 140))));
        Assert.False(OptOutWords.IsOptOut(new string('s', 4000)));
        Assert.True(OptOutWords.IsOptOut(string.Concat(Enumerable.Repeat("bla ", 900)) + ". Stop texting me"));
    }
}
