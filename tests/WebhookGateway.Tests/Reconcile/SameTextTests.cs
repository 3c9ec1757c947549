using EnterpriseHub.WebhookGateway.ReconcileDeliveries;

namespace EnterpriseHub.WebhookGateway.Tests.Reconcile;

public sealed class SameTextTests
{
    [Theory]
    [InlineData("Happy to help!", "Happy to help!")]
    [InlineData("Happy to help!", " happy\u00A0TO \r\n help!\t")]
    [InlineData("Happy to help!", "<p>Happy to <b class=\"x\">help</b>!</p>")]
    [InlineData("Ben & Jerry's", "<div>Ben &amp; Jerry&#39;s</div>")]
    [InlineData("One\n\nTwo", "<p>One</p><p>Two</p>")]
    [InlineData("3 < 4 > 2", "3 &lt; 4 &gt; 2")]
    [InlineData("Hi\u0007 there", "Hi there")]
    public void Knows_a_text_again_in_other_clothes(string ours, string listed) => Assert.True(SameText.Is(ours, listed));

    [Theory]
    [InlineData("Happy to help!", "Happy to help")]
    [InlineData("Happy to help!", "")]
    [InlineData("See you at 5", "See you at 6")]
    [InlineData("3 < 4 > 2", "3 2")]
    public void Another_text_is_another(string ours, string listed) => Assert.False(SameText.Is(ours, listed));
}
