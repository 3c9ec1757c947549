using System.Net;
using System.Text.Json;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Conversations;

namespace EnterpriseHub.Analytics.Tests;

public sealed class LeadTests(AnalyticsHost analytics) : IClassFixture<AnalyticsHost>
{
    [Fact]
    public async Task Leads_are_ranked_by_score_with_reasons_and_can_be_filtered()
    {
        foreach (var (contact, temperature, score) in new[] { ("a", "cold", 20), ("b", "hot", 80), ("c", "warm", 50) })
        {
            await analytics.PublishAsync(Facts.Inbound("rank", contact));
            await analytics.PublishAsync(Facts.Turn("rank", contact, temperature: temperature));
            await analytics.PublishAsync(Facts.Scored("rank", contact, score));
        }
        var leads = await analytics.BecomesAsync("/api/leads?locationId=rank", all => all.EnumerateArray().Count(Complete) == 3);
        var warm = await analytics.GetAsync("/api/leads?locationId=rank&temperature=warm");
        Assert.Equal(["b", "c", "a"], leads.EnumerateArray().Select(Contact));
        Assert.Equal("questions_answered", leads[0].GetProperty("reasons")[0].GetProperty("factor").GetString());
        Assert.Equal("relocation", leads[0].GetProperty("qualification").GetProperty("motivation").GetString());
        Assert.Equal(["c"], warm.EnumerateArray().Select(Contact));
    }

    [Fact]
    public async Task An_older_turn_or_score_that_comes_late_undoes_nothing()
    {
        await analytics.PublishAsync(Facts.Turn("order", "c", seq: 5, temperature: "hot"));
        await analytics.PublishAsync(Facts.Scored("order", "c", 90, Facts.Now));
        await analytics.BecomesAsync("/api/leads?locationId=order", all => all.EnumerateArray().Any(Complete));
        await analytics.PublishAsync(Facts.Turn("order", "c", seq: 3, temperature: "cold", cost: 800));
        await analytics.PublishAsync(Facts.Scored("order", "c", 10, Facts.Now.AddMinutes(-5)));
        await analytics.PublishAsync(Facts.Inbound("order", "c"));
        var leads = await analytics.BecomesAsync("/api/leads?locationId=order", all => all[0].Long("costMicroUsd") == 2000 && all[0].Long("messages") == 1);
        await analytics.BecomesAsync("/api/metrics/activity?locationId=order", lines => lines.GetArrayLength() == 5);
        leads = await analytics.GetAsync("/api/leads?locationId=order");
        Assert.Equal(("hot", 90), (leads[0].GetProperty("temperature").GetString(), leads[0].Long("score")));
    }

    [Fact]
    public async Task A_lead_tells_who_must_act()
    {
        await analytics.PublishAsync(Facts.Turn("who", "handed", decision: "hand_over"));
        await analytics.PublishAsync(Facts.Turn("who", "taken"));
        await analytics.BecomesAsync("/api/leads?locationId=who", all => all.GetArrayLength() == 2);
        await analytics.PublishAsync(new OutboundMessageObserved { EventId = "o", Seq = 7, LocationId = "who", ConversationId = "x", ContactId = "taken", Channel = "SMS", Text = "Hi", ByHuman = true, SentAt = Facts.Now });
        await analytics.PublishAsync(Facts.OptOut("who", "gone"));
        await analytics.BecomesAsync(
            "/api/leads?locationId=who",
            all => string.Join(' ', all.EnumerateArray().Select(lead => $"{Contact(lead)}:{lead.GetProperty("state").GetString()}").Order(StringComparer.Ordinal))
                == "gone:opted_out handed:needs_person taken:with_person");
    }

    [Fact]
    public async Task A_deleted_contact_leaves_the_list()
    {
        await analytics.PublishAsync(Facts.Inbound("deleted", "c"));
        await analytics.BecomesAsync("/api/leads?locationId=deleted", all => all.GetArrayLength() == 1);
        await analytics.PublishAsync(new ContactChanged { EventId = "d", LocationId = "deleted", ContactId = "c", Change = "deleted", At = Facts.Now });
        await analytics.BecomesAsync("/api/leads?locationId=deleted", all => all.GetArrayLength() == 0);
        await analytics.PublishAsync(Facts.Scored("deleted", "c", null));
        await analytics.BecomesAsync("/api/metrics/summary?locationId=deleted", _ => true);
        Assert.Equal(0, (await analytics.GetAsync("/api/leads?locationId=deleted")).GetArrayLength());
    }

    [Theory]
    [InlineData("/api/leads")]
    [InlineData("/api/metrics/activity")]
    [InlineData("/api/metrics/locations")]
    [InlineData("/api/metrics/summary")]
    public async Task A_key_of_one_location_sees_nothing_of_another(string path)
    {
        await analytics.PublishAsync(Facts.Inbound("mine", "contact-of-mine"));
        await analytics.PublishAsync(Facts.Inbound("theirs", "contact-of-theirs"));
        await analytics.BecomesAsync("/api/metrics/summary?locationId=mine", summary => summary.Long("window", "messages") > 0);
        await analytics.BecomesAsync("/api/metrics/summary?locationId=theirs", summary => summary.Long("window", "messages") > 0);
        using var own = await analytics.SendAsync(path, "Viewer:mine");
        var text = await own.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Contains("mine", text, StringComparison.Ordinal);
        Assert.DoesNotContain("theirs", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/leads?locationId=theirs", 404)]
    [InlineData("/api/metrics/summary?locationId=theirs", 404)]
    [InlineData("/api/metrics/live?locationId=theirs", 404)]
    [InlineData("/api/metrics/activity?locationId=theirs", 404)]
    [InlineData("/api/metrics/summary?window=3d", 400)]
    [InlineData("/api/metrics/summary?window=0m", 400)]
    [InlineData("/api/metrics/summary?dayStart=12", 400)]
    [InlineData("/api/leads?limit=0", 400)]
    [InlineData("/api/leads?temperature=tepid", 400)]
    public async Task A_question_that_may_not_be_asked_is_refused_with_a_problem(string path, int status)
    {
        using var answer = await analytics.SendAsync(path, "Viewer:mine");
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    private static bool Complete(JsonElement lead) =>
        lead.GetProperty("score").ValueKind == JsonValueKind.Number && lead.GetProperty("qualification").EnumerateObject().Any();

    private static string Contact(JsonElement lead) => lead.GetProperty("contactId").GetString()!;
}
