using System.Text;
using EnterpriseHub.WebhookGateway.ReplayEvents;
using EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

namespace EnterpriseHub.WebhookGateway.Tests.ReplayEvents;

public sealed class RedactionTests
{
    public static TheoryData<string> Names => [.. Payloads.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_fixture_shows_a_person_after_redaction(string name)
    {
        var redacted = Redaction.Of(Encoding.UTF8.GetBytes(Payloads.Fixture(name, "l1").ToJsonString()))!.ToJsonString();
        foreach (var personal in new[] { "Jane", "555", "@", "roof", "example", "Sam" })
        {
            Assert.DoesNotContain(personal, redacted, StringComparison.OrdinalIgnoreCase);
        }
    }
}
