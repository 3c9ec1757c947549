using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.TestKit;
using EnterpriseHub.TestKit.Backends;
using EnterpriseHub.TestKit.Hosting;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Analytics.Tests;

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
    public async Task Two_instances_count_every_fact_once_between_them()
    {
        await using var first = await ModuleHost.StartAsync(_servers.Settings, null, new AnalyticsModule());
        await using var second = await ModuleHost.StartAsync(_servers.Settings, null, new AnalyticsModule());
        var facts = Facts.OneOfEach("servers")
            .Concat(Enumerable.Range(10, 200).Select(seq => (object)Facts.Inbound("servers", $"c{seq % 9}", seq)))
            .Concat(Enumerable.Range(10, 100).Select(seq => (object)Facts.Turn("servers", $"c{seq % 9}", seq)))
            .Concat(Enumerable.Range(10, 100).Select(seq => (object)Facts.Reply("servers", $"c{seq % 9}", seq % 2 == 0 ? ReplyState.Sent : ReplyState.Suppressed, "quiet_hours", seq)))
            .Select(fact => (Fact: fact, Id: NewId.NextGuid())).ToList();
        await Task.WhenAll(facts.Concat(facts).Select((one, index) => PublishAsync(index % 2 == 0 ? first : second, one.Fact, one.Id)));
        var summary = await Eventually.BecomesAsync(
            () => GetAsync(second, "/api/metrics/summary?locationId=servers"),
            one => one.Long("window", "messages") == 201 && one.Long("window", "turns") == 101 && one.GetProperty("replies").EnumerateArray().Sum(tally => tally.Long("count")) == 101);
        await PublishAsync(first, Facts.OptOut("servers", "last"), NewId.NextGuid());
        await Eventually.BecomesAsync(() => GetAsync(first, "/api/metrics/summary?locationId=servers"), one => one.Long("window", "optOuts") == 2);
        var leads = await GetAsync(first, "/api/leads?locationId=servers&limit=200");
        Assert.Equal(51, summary.Long("window", "replies"));
        Assert.Equal(0, summary.Long("waiting"));
        Assert.Equal(201, leads.EnumerateArray().Sum(lead => lead.Long("messages")));
        Assert.Equal(51, summary.GetProperty("path").Named("end_to_end").Long("count"));
        Assert.Equal(10, leads.GetArrayLength());
    }

    private static Task PublishAsync(ModuleHost host, object message, Guid id) => host.Services.GetRequiredService<IBus>()
        .Publish(message, message.GetType(), context => context.MessageId = id, CancellationToken.None);

    private static async Task<JsonElement> GetAsync(ModuleHost host, string path) => await host.Http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));
}
