using System.Net.Http.Json;
using EnterpriseHub.Contracts.Scoring;
using EnterpriseHub.TestKit;
using EnterpriseHub.TestKit.Backends;
using EnterpriseHub.TestKit.Hosting;
using MassTransit;

namespace EnterpriseHub.Scoring.Tests;

/// <summary>The same promises on PostgreSQL and RabbitMQ, with two instances that share the queue.</summary>
public sealed class ServerTests : IClassFixture<FreshBackends>
{
    private readonly FreshBackends _servers;

    public ServerTests(FreshBackends servers)
    {
        servers.Require();
        _servers = servers;
    }

    [Fact]
    public async Task Two_instances_lose_no_change_of_one_lead_and_take_none_twice()
    {
        await using var first = await ModuleHost.StartAsync(_servers.Settings, null, new ScoringModule());
        await using var second = await ModuleHost.StartAsync(_servers.Settings, null, new ScoringModule());
        var messages = Enumerable.Range(1, 4).Select(seq => (Message: Facts.Inbound("crowd", seq), Id: NewId.NextGuid())).ToList();
        await Task.WhenAll(messages.Concat(messages).Select((one, index) => (index % 2 == 0 ? first : second).PublishAsync(one.Message, one.Id)));
        await first.PublishAsync(Facts.Turn("crowd", 9, "warm", "motivation", "condition"));
        await first.PublishAsync(Facts.Contact("crowd", "updated", dnd: true));
        var scored = await Eventually.BecomesAsync(
            () => ScoreAsync(second, "crowd"),
            score => score.Reasons.Contains(new ScoreReason("messages_written", 10)) && score.Reasons.Contains(new ScoreReason("temperature_warm", 10))
                && score.Reasons.Contains(new ScoreReason("do_not_disturb", -30)));
        await first.PublishAsync(Facts.OptOut("crowd", optedOut: true, Facts.At));
        await Eventually.BecomesAsync(() => ScoreAsync(first, "crowd"), score => score.Score == 0);
        Assert.Contains(new ScoreReason("questions_answered", 18), scored.Reasons);
    }

    private static async Task<LeadScored> ScoreAsync(ModuleHost host, string contact)
    {
        using var answer = await host.Http.GetAsync(new Uri($"/api/scores/{contact}?locationId=loc1", UriKind.Relative));
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<LeadScored>())!
            : new LeadScored { LocationId = "loc1", ContactId = contact, Model = "none", At = default };
    }
}
