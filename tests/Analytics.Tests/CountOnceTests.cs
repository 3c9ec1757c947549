using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.TestKit.Hosting;
using MassTransit;

namespace EnterpriseHub.Analytics.Tests;

public sealed class CountOnceTests(AnalyticsHost analytics) : IClassFixture<AnalyticsHost>
{
    [Fact]
    public async Task Every_kind_of_fact_is_counted_once_however_often_it_is_delivered()
    {
        var facts = Facts.OneOfEach("once").Select(fact => (Fact: fact, Id: NewId.NextGuid())).ToList();
        for (var delivery = 0; delivery < 4; delivery++)
        {
            await Task.WhenAll(facts.Select(one => analytics.PublishAsync(one.Fact, one.Id)));
        }
        // The last message is new: when it is in the books, so is all that came before.
        await analytics.PublishAsync(Facts.Inbound("once", "c2", 9));
        await analytics.BecomesAsync("/api/metrics/summary?locationId=once", summary => summary.Long("window", "messages") == 2);
        var lines = await analytics.BecomesAsync("/api/metrics/activity?locationId=once", all => all.GetArrayLength() >= 11);
        var summary = await analytics.GetAsync("/api/metrics/summary?locationId=once");
        Assert.Equal(11, lines.GetArrayLength());
        Assert.Equal((1, 1, 1, 1), (summary.Long("window", "turns"), summary.Long("window", "replies"), summary.Long("window", "crmActions"), summary.Long("window", "optOuts")));
        Assert.Equal(1200, summary.Long("today", "costMicroUsd"));
        Assert.Equal(1, summary.GetProperty("path").Named("end_to_end").Long("count"));
        Assert.Equal(0, summary.Long("waiting"));
    }

    [Fact]
    public async Task A_text_that_is_announced_again_under_another_message_id_is_counted_once()
    {
        for (var ring = 0; ring < 3; ring++)
        {
            await analytics.PublishAsync(Facts.Inbound("rung", "c1", 1));
        }
        await analytics.PublishAsync(Facts.OptOut("rung", "c1"));
        var after = await analytics.BecomesAsync("/api/metrics/summary?locationId=rung", summary => summary.Long("window", "optOuts") == 1);
        Assert.Equal(1, after.Long("window", "messages"));
    }

    [Fact]
    public async Task A_crowd_of_messages_with_duplicates_is_counted_to_the_last_one()
    {
        var messages = Enumerable.Range(1, 300).Select(seq => (Id: NewId.NextGuid(), Message: Facts.Inbound("crowd", $"c{seq % 40}", seq))).ToList();
        await Task.WhenAll(messages.Concat(messages.Take(150)).Select(one => analytics.PublishAsync(one.Message, one.Id)));
        await analytics.BecomesAsync("/api/metrics/summary?locationId=crowd", summary => summary.Long("window", "messages") >= 300);
        await analytics.PublishAsync(Facts.OptOut("crowd", "c1"));
        var after = await analytics.BecomesAsync("/api/metrics/summary?locationId=crowd", summary => summary.Long("window", "optOuts") == 1);
        var leads = await analytics.GetAsync("/api/leads?locationId=crowd&limit=200");
        Assert.Equal(300, after.Long("window", "messages"));
        Assert.Equal(300, leads.EnumerateArray().Sum(lead => lead.Long("messages")));
        Assert.Equal(40, leads.GetArrayLength());
    }

    [Fact]
    public async Task A_fact_that_cannot_be_stored_does_not_hold_back_the_others()
    {
        var broken = new CrmActionSettled { ActionId = "x", LocationId = null!, ContactId = "c", Action = "add_tags", State = "done", At = Facts.Now };
        var all = Enumerable.Range(1, 20).Select(seq => (object)Facts.Inbound("poison", "c", seq)).Append(broken);
        await Task.WhenAll(all.Select(message => analytics.PublishAsync(message)));
        await analytics.BecomesAsync("/api/metrics/summary?locationId=poison", summary => summary.Long("window", "messages") == 20);
    }

    [Fact]
    public async Task A_reply_waits_until_it_settles_whichever_end_is_told_first()
    {
        await analytics.PublishAsync(Facts.Reply("ends", "early", ReplyState.Sent));
        await analytics.BecomesAsync("/api/metrics/summary?locationId=ends", summary => summary.Long("window", "replies") == 1);
        await analytics.PublishAsync(Facts.Turn("ends", "early"));
        await analytics.PublishAsync(Facts.Turn("ends", "late"));
        await analytics.BecomesAsync("/api/metrics/summary?locationId=ends", summary => summary.Long("window", "turns") == 2 && summary.Long("waiting") == 1);
        await analytics.PublishAsync(Facts.Reply("ends", "late", ReplyState.Held, "unknown_outcome"));
        // The parts of a summary are read one after another: the fact may land between them.
        var summary = await analytics.BecomesAsync("/api/metrics/summary?locationId=ends", summary => summary.Long("waiting") == 0
            && summary.Long("held") == 1 && summary.GetProperty("replies").EnumerateArray().Any(one => one.GetProperty("outcome").GetString() == "held"));
        var held = summary.GetProperty("replies").EnumerateArray().Single(one => one.GetProperty("outcome").GetString() == "held");
        Assert.Equal("unknown_outcome", held.GetProperty("reason").GetString());
        Assert.Equal(1, summary.Long("held"));
    }

    [Fact]
    public async Task Percentiles_are_those_of_the_stored_samples()
    {
        foreach (var ms in Enumerable.Range(1, 100))
        {
            await analytics.PublishAsync(Facts.Reply("speed", $"c{ms}", ReplyState.Sent, answered: ms));
        }
        await analytics.PublishAsync(Facts.Turn("speed", "c1"));
        var summary = await analytics.BecomesAsync(
            "/api/metrics/summary?locationId=speed", one => one.Long("window", "replies") == 100 && one.Long("window", "turns") == 1);
        var end = summary.GetProperty("path").Named("end_to_end");
        Assert.Equal((50, 95, 99), (end.GetProperty("p50").GetDouble(), end.GetProperty("p95").GetDouble(), end.GetProperty("p99").GetDouble()));
        Assert.Equal(1, summary.GetProperty("steps").Named("knowledge").Long("notOk"));
    }

    [Fact]
    public async Task No_text_of_a_message_is_stored()
    {
        await analytics.PublishAsync(Facts.Inbound("secret", "c1", text: "my-very-private-words"));
        await analytics.BecomesAsync("/api/metrics/summary?locationId=secret", summary => summary.Long("window", "messages") == 1);
        foreach (var file in Directory.EnumerateFiles(analytics.Host.Data, "analytics.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain("my-very-private-words", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Facts_of_before_a_restart_are_still_counted_after_it()
    {
        var data = Directory.CreateTempSubdirectory("hub-analytics-").FullName;
        var id = NewId.NextGuid();
        foreach (var start in new[] { 1, 2 })
        {
            await using var host = await ModuleHost.StartAsync([], data, new AnalyticsModule());
            await host.PublishAsync(Facts.Scored("again", "c1", 40), id);
            await host.PublishAsync(Facts.Inbound("again", "c1", start));
            await TestKit.Eventually.BecomesAsync(
                async () => await host.Http.GetStringAsync(new Uri("/api/metrics/activity?locationId=again", UriKind.Relative)),
                text => text.Split("\"message\"").Length - 1 == start && text.Split("\"score\"").Length - 1 == 1);
        }
        Directory.Delete(data, recursive: true);
    }
}
