using EnterpriseHub.TestKit.Repository;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.OptOut;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook.OptOut;

/// <summary>Every labelled text against the rules. A missed stop breaks the law, a false one loses a lead.</summary>
public sealed class LabelledTextsTests
{
    [Fact]
    public void There_are_enough_texts_and_none_twice()
    {
        Assert.True(LabelledText.All.Count >= 450);
        Assert.True(LabelledText.All.Count(text => text.Part == "held-out") >= 150);
        Assert.Equal(50, LabelledText.All.Count(text => text.Part == "held-out-2"));
        Assert.Empty(LabelledText.All.GroupBy(text => text.Text).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Fact]
    public void Every_request_that_uses_a_legal_word_is_found() =>
        Assert.Empty(Missed(text => text.Kind is "legal-word" or "ambiguous"));

    [Fact]
    public void What_the_rules_were_written_on_is_right() => Assert.Empty(
        Missed(_ => true).Concat(FalseStops(text => text.Part != "held-out-2")));

    [Fact]
    public void The_document_tells_the_figures_as_they_are()
    {
        var document = File.ReadAllText(RepositoryRoot.Of("docs", "opt-out.md"));
        Assert.True(document.Contains(OptOutFigures.Table(), StringComparison.Ordinal), "docs/opt-out.md has other figures. They are now:\n" + OptOutFigures.Table());
    }

    private static IEnumerable<string> Missed(Func<LabelledText, bool> which) =>
        LabelledText.All.Where(text => text.IsRequest && which(text) && !OptOutWords.IsOptOut(text.Text)).Select(text => $"missed: {text.Text}");

    private static IEnumerable<string> FalseStops(Func<LabelledText, bool> which) =>
        LabelledText.All.Where(text => !text.IsRequest && which(text) && OptOutWords.IsOptOut(text.Text)).Select(text => $"false stop: {text.Text}");
}
