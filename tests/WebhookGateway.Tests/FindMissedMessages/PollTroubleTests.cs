using System.Text.Json.Nodes;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;
using EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

namespace EnterpriseHub.WebhookGateway.Tests.FindMissedMessages;

/// <summary>GHL answers badly, in pages or not at all; another instance polls too.</summary>
public abstract class PollTroubleTests(IntakeHost host)
{
    private const string Search = "GET /conversations/search";

    private FakeGhl Ghl => ((IPollHost)host).Ghl;

    [Fact]
    public async Task Nothing_is_lost_where_one_conversation_cannot_be_read()
    {
        var location = await host.ConnectedAsync();
        // Further apart than a poll reads back behind its cursor.
        var broken = Ghl.Wrote(location, "first", 90, "c1");
        Ghl.Wrote(location, "second", 20, "c2");
        var list = $"GET /conversations/{broken.ConversationId}/messages";
        Ghl.Next(list, Answer.Error(500, "down"));
        Ghl.Next(list, Answer.Garbage);

        await host.PollAsync(location);
        Assert.Equal(["second"], (await host.AcceptedAsync(location)).Select(message => message.Text));
        Assert.Null(await LastPolledAtAsync(location));

        await host.PollAsync(location);
        Assert.Equal(["second", "first"], (await host.AcceptedAsync(location)).OrderBy(message => message.Seq).Select(message => message.Text));
        Assert.NotNull(await LastPolledAtAsync(location));
    }

    [Fact]
    public async Task Nothing_is_lost_over_hours_without_an_answer()
    {
        var location = await host.ConnectedAsync();
        Ghl.Wrote(location, "before", 300);
        await host.PollAsync(location);
        Ghl.Wrote(location, "meanwhile", 200, "c2");
        foreach (var trouble in new[] { Answer.Error(500, "down"), Answer.Garbage, new Answer(200, new { conversations = "none" }), Answer.Error(403, "no") })
        {
            Ghl.Next(FakeGhl.SearchOf(location), trouble);
            await host.PollAsync(location);
        }
        Assert.Single(await host.AcceptedAsync(location));

        await host.PollAsync(location);
        Assert.Equal(2, (await host.AcceptedAsync(location)).Count);
    }

    [Fact]
    public async Task An_answer_in_another_order_moves_no_cursor()
    {
        var location = await host.ConnectedAsync();
        Ghl.Wrote(location, "one", 30);
        var newest = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Ghl.Next(FakeGhl.SearchOf(location), new Answer(200, new { conversations = new[] { new { id = "a", lastMessageDate = newest }, new { id = "b", lastMessageDate = newest - 1000 } } }));
        await host.PollAsync(location);
        Ghl.Next(FakeGhl.SearchOf(location), new Answer(200, new { conversations = new[] { new { id = "old", lastMessageDate = 1600000000000 } } }));
        await host.PollAsync(location);
        Assert.Empty(await host.AcceptedAsync(location));

        await host.PollAsync(location);
        Assert.Single(await host.AcceptedAsync(location));
    }

    [Fact]
    public async Task A_limit_is_waited_for()
    {
        var location = await host.ConnectedAsync();
        Ghl.Wrote(location, "one", 30);
        Ghl.Next(FakeGhl.SearchOf(location), new Answer(429, new { message = "Too Many Requests" }) { Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } });
        await host.PollAsync(location);
        Assert.Single(await host.AcceptedAsync(location));
    }

    [Fact]
    public async Task Every_page_is_read()
    {
        var location = await host.ConnectedAsync();
        var start = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().AddMinutes(-100).ToUnixTimeMilliseconds());
        for (var number = 0; number < 130; number++)
        {
            // Eight conversations share each millisecond: a page of a hundred must not cut them apart.
            Ghl.Wrote(location, $"conversation {number}", contact: $"c{number}", at: start.AddMilliseconds(number / 8));
        }
        for (var number = 0; number < 250; number++)
        {
            Ghl.Wrote(location, $"message {number}", 90 - (number * 0.1), "talker");
        }
        await host.PollAsync(location);
        Assert.Equal(380, (await host.AcceptedAsync(location)).Count);
    }

    [Fact]
    public async Task One_instance_polls_at_a_time()
    {
        var location = await host.ConnectedAsync();
        var before = SearchesOf(location);
        Ghl.Next(FakeGhl.SearchOf(location), async (_, usual) =>
        {
            // The second comes while the first reads.
            await host.PollAsync(location);
            return usual();
        });
        await host.PollAsync(location);
        Assert.Equal(1, SearchesOf(location) - before);
    }

    private int SearchesOf(string location) => Ghl.Of(Search).Count(one => one.Query["locationId"] == location);

    private async Task<string?> LastPolledAtAsync(string location) =>
        (string?)JsonNode.Parse(await host.Admin.GetStringAsync($"/api/locations/{location}"))!["lastPolledAt"];
}

public sealed class PollTroubleTestsOnSqlite(PollHost host) : PollTroubleTests(host), IClassFixture<PollHost>;

public sealed class PollTroubleTestsOnPostgres(PostgresPollHost host) : PollTroubleTests(PostgresIntakeHost.Ready(host)), IClassFixture<PostgresPollHost>;
