using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.Contracts.Scoring;
using EnterpriseHub.TestKit;
using EnterpriseHub.TestKit.Hosting;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using ScoreLeadRequest = EnterpriseHub.Contracts.Scoring.ScoreLead;

namespace EnterpriseHub.Scoring.Tests;

public sealed class RescoreLeadTests(ScoringHost scoring) : IClassFixture<ScoringHost>
{
    [Fact]
    public async Task A_message_makes_a_score_and_says_so_once_however_often_it_is_delivered()
    {
        var id = NewId.NextGuid();
        for (var delivery = 0; delivery < 5; delivery++)
        {
            await scoring.Host.PublishAsync(Facts.Inbound("once"), id);
        }
        await ScoreAsync("once", score => score.Score > 0);
        await scoring.Host.PublishAsync(Facts.Inbound("once", 2));
        var scored = await ScoreAsync("once", score => score.Reasons.Any(reason => reason is { Factor: "messages_written", Points: 7 }));
        Assert.Equal(11, scored.Score);
        await Eventually.BecomesAsync(() => Task.FromResult(scoring.Heard.Of("once").Count), count => count == 2);
    }

    [Fact]
    public async Task A_message_that_is_announced_again_under_another_id_counts_once()
    {
        await scoring.Host.PublishAsync(Facts.Inbound("rung"));
        await scoring.Host.PublishAsync(Facts.Inbound("rung"));
        await ScoreAsync("rung", score => score.Score > 0);
        await scoring.Host.PublishAsync(Facts.Inbound("rung", 2));
        await ScoreAsync("rung", score => score.Reasons.Any(reason => reason is { Factor: "messages_written", Points: 7 }));
        Assert.Equal(2, (await Eventually.BecomesAsync(() => Task.FromResult(scoring.Heard.Of("rung")), heard => heard.Count >= 2)).Count);
    }

    [Fact]
    public async Task A_turn_adds_qualification_and_an_older_one_takes_nothing_back()
    {
        await scoring.Host.PublishAsync(Facts.Inbound("turns"));
        await scoring.Host.PublishAsync(Facts.Turn("turns", 9, "hot", "motivation", "timeline_acceptable", "price_expectation", "property_condition"));
        var hot = await ScoreAsync("turns", score => score.Reasons.Any(reason => reason.Factor == "temperature_hot"));
        await scoring.Host.PublishAsync(Facts.Turn("turns", 4, "cold"));
        await scoring.Host.PublishAsync(Facts.Inbound("turns", 10));
        var after = await ScoreAsync("turns", score => score.Reasons.Any(reason => reason is { Factor: "messages_written", Points: 7 }));
        Assert.Contains(hot.Reasons, reason => reason is { Factor: "timeline_accepted", Points: 10 });
        Assert.Contains(after.Reasons, reason => reason is { Factor: "questions_answered", Points: 31 });
    }

    [Fact]
    public async Task Stop_makes_the_score_0_and_a_late_older_start_does_not_undo_it()
    {
        await scoring.Host.PublishAsync(Facts.Inbound("stop"));
        await ScoreAsync("stop", score => score.Score > 0);
        await scoring.Host.PublishAsync(Facts.OptOut("stop", optedOut: true, Facts.At.AddMinutes(2)));
        await ScoreAsync("stop", score => score.Score == 0);
        await scoring.Host.PublishAsync(Facts.OptOut("stop", optedOut: false, Facts.At.AddMinutes(1)));
        await scoring.Host.PublishAsync(Facts.OptOut("stop", optedOut: false, Facts.At.AddMinutes(3)));
        var back = await ScoreAsync("stop", score => score.Score > 0);
        Assert.DoesNotContain(back.Reasons, reason => reason.Factor == "opted_out");
        await Eventually.BecomesAsync(() => Task.FromResult(scoring.Heard.Of("stop").Count), count => count == 3);
    }

    [Fact]
    public async Task A_deleted_contact_is_forgotten_and_its_score_withdrawn()
    {
        await scoring.Host.PublishAsync(Facts.Inbound("gone"));
        await ScoreAsync("gone", score => score.Score > 0);
        await scoring.Host.PublishAsync(Facts.Contact("gone", "deleted"));
        await Eventually.BecomesAsync(() => Task.FromResult(scoring.Heard.Of("gone")), heard => heard is [.., { Score: null }]);
        using var answer = await scoring.Host.Http.GetAsync(new Uri("/api/scores/gone?locationId=loc1", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Do_not_disturb_known_before_the_first_message_counts_with_it()
    {
        await scoring.Host.PublishAsync(Facts.Contact("silent", "updated", dnd: true));
        await scoring.Host.PublishAsync(Facts.Inbound("silent"));
        var scored = await ScoreAsync("silent", score => score.Reasons.Any(reason => reason.Factor == "do_not_disturb") || score.Score == 7);
        await Eventually.BecomesAsync(() => ScoreAsync("silent", _ => true), score => score.Score == 0);
        Assert.NotNull(scored.Score);
    }

    [Fact]
    public async Task The_bus_answers_with_the_score_or_with_none()
    {
        await scoring.Host.PublishAsync(Facts.Inbound("asked"));
        await ScoreAsync("asked", score => score.Score > 0);
        var client = scoring.Host.Services.GetRequiredService<IBus>().CreateRequestClient<ScoreLeadRequest>();
        var known = await client.GetResponse<LeadScored>(new ScoreLeadRequest { LocationId = "loc1", ContactId = "asked" });
        var unknown = await client.GetResponse<LeadScored>(new ScoreLeadRequest { LocationId = "loc2", ContactId = "asked" });
        Assert.Equal(7, known.Message.Score);
        Assert.Null(unknown.Message.Score);
    }

    [Fact]
    public async Task A_key_of_one_location_sees_only_its_leads()
    {
        await scoring.Host.PublishAsync(Facts.Inbound("mine", location: "loc1"));
        await scoring.Host.PublishAsync(Facts.Inbound("theirs", location: "loc2"));
        await ScoreAsync("mine", score => score.Score > 0);
        await ScoreAsync("theirs", score => score.Score > 0, "loc2");
        using var own = await AsAsync("Viewer:loc2", "/api/scores");
        using var other = await AsAsync("Viewer:loc2", "/api/scores?locationId=loc1");
        using var single = await AsAsync("Viewer:loc2", "/api/scores/mine?locationId=loc1");
        var leads = (await own.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("leads");
        Assert.Equal("theirs", Assert.Single(leads.EnumerateArray()).GetProperty("contactId").GetString());
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, single.StatusCode);
    }

    private async Task<HttpResponseMessage> AsAsync(string caller, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add(TestCallers.Header, caller);
        return await scoring.Host.Http.SendAsync(request);
    }

    private Task<LeadScored> ScoreAsync(string contact, Func<LeadScored, bool> right, string location = "loc1") =>
        Eventually.BecomesAsync(
            async () =>
            {
                using var answer = await scoring.Host.Http.GetAsync(new Uri($"/api/scores/{contact}?locationId={location}", UriKind.Relative));
                return answer.IsSuccessStatusCode
                    ? (await answer.Content.ReadFromJsonAsync<LeadScored>())!
                    : new LeadScored { LocationId = location, ContactId = contact, Model = "none", At = default };
            },
            right);
}
