namespace EnterpriseHub.WebhookGateway.Tests.GhlApi;

/// <summary>The judge of every request in these tests is judged itself: it must find planted faults.</summary>
public sealed class GhlSpecTests
{
    [Theory]
    [InlineData("POST", "/conversations/messages", "2021-04-15", """{"type":"SMS","contactId":"c","message":"hi"}""", null)]
    [InlineData("POST", "/conversations/messages", "2021-07-28", """{"type":"SMS","contactId":"c"}""", "Version")]
    [InlineData("POST", "/conversations/messages", null, """{"type":"SMS","contactId":"c"}""", "Version is missing")]
    [InlineData("POST", "/conversations/messages", "2021-04-15", """{"type":"Fax","contactId":"c"}""", "is not one of")]
    [InlineData("POST", "/conversations/messages", "2021-04-15", """{"type":"SMS"}""", "contactId is missing")]
    [InlineData("POST", "/conversations/messages", "2021-04-15", """{"type":"SMS","contactId":5}""", "is Number")]
    [InlineData("POST", "/conversations/messages", "2021-04-15", """{"type":"SMS","contactId":"c","text":"hi"}""", "text is not specified")]
    [InlineData("POST", "/conversation/messages", "2021-04-15", "{}", "no such operation")]
    [InlineData("PUT", "/contacts/c1", "2021-07-28", """{"customFields":[{"field_value":"x"}]}""", "fits none")]
    [InlineData("POST", "/contacts/c1/tags", "2021-07-28", """{"tags":"x"}""", "is String")]
    [InlineData("GET", "/opportunities/search", "2021-07-28", "", "location_id is missing")]
    [InlineData("GET", "/contacts/c1", "2021-07-28", "{}", "a body is not specified")]
    public void Finds_what_does_not_fit(string method, string path, string? version, string body, string? fault)
    {
        var spec = GhlSpec.Find();
        Assert.SkipWhen(spec is null, "HighLevel's specifications (shared/ghl/openapi) are not on this machine.");
        var request = new SeenRequest
        {
            Method = method,
            Path = path,
            Query = new Dictionary<string, string>(),
            Headers = version is null ? [] : new Dictionary<string, string> { ["Version"] = version },
            ContentType = "application/json",
            Body = body,
        };

        var faults = spec.Faults(request);

        if (fault is null)
        {
            Assert.Empty(faults);
        }
        else
        {
            Assert.Contains(faults, found => found.Contains(fault, StringComparison.Ordinal));
        }
    }
}
