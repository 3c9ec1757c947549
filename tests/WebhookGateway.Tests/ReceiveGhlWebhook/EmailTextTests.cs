using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

public sealed class EmailTextTests
{
    [Theory]
    [InlineData("<p>Hello</p><p>you</p>", "Hello\n\nyou")]
    [InlineData("a &amp; b &lt;c&gt; &eacute;", "a & b <c> é")]
    [InlineData("<style>p{color:red}</style><script>alert('<b>')</script>Hi<!-- secret -->", "Hi")]
    [InlineData("price < 500 and > 100", "price < 500 and > 100")]
    [InlineData("Hi<br/>there<BR>you", "Hi\nthere\nyou")]
    [InlineData("Yes<div class=\"gmail_quote\">On Monday Sam wrote: STOP</div>", "Yes")]
    [InlineData("Yes<blockquote>old words</blockquote> please", "Yes please")]
    [InlineData("<script>never closed", "")]
    [InlineData("cut <a href=\"x", "cut <a href=\"x")]
    [InlineData("", "")]
    public void Html_becomes_plain(string html, string expected) => Assert.Equal(expected, EmailHtml.ToPlain(html));

    [Fact]
    public void A_body_of_nothing_but_brackets_is_read_in_one_pass() => Assert.NotNull(EmailHtml.ToPlain(new string('<', 200_000) + string.Concat(Enumerable.Repeat("<a", 100_000))));

    [Theory]
    [InlineData("Yes\n\nOn Mon, Nov 16, 2026 at 9:00 AM Sam <s@x.example> wrote:\n> Reply STOP to opt out", "Yes")]
    [InlineData("Yes\nOn Mon, Nov 16, 2026 at 9:00 AM Sam\n<s@x.example> wrote:\nold", "Yes")]
    [InlineData("Sí\nEl lun, 16 nov 2026 a las 9:00, Sam escribió:\nviejo", "Sí")]
    [InlineData("Yes\n-----Original Message-----\nFrom: Sam\nold", "Yes")]
    [InlineData("Yes\nFrom: Sam <s@x.example>\nSent: Monday\nold", "Yes")]
    [InlineData("> only\n> quotes", "> only\n> quotes")]
    [InlineData("On Monday I can come", "On Monday I can come")]
    public void Quoted_history_is_cut_off(string text, string expected) => Assert.Equal(expected, QuotedHistory.Remove(text));
}
