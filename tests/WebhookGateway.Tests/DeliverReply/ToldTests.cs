using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.WebhookGateway.DeliverReply;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.DeliverReply;

/// <summary>What the world hears of a reply: its end, its stages, its trace.</summary>
public sealed class ToldTests
{
    private const string SettledEvents = "SELECT COUNT(*) FROM outbox WHERE message_type LIKE '%ReplySettled%'";

    [Fact]
    public async Task Stages_count_from_the_first_message_on()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();

        await host.SendAsync(host.Reply() with { ReceivedAt = host.Clock.GetUtcNow().AddHours(-1) });

        var stages = (await host.SettledAsync()).StageMs;
        Assert.InRange(stages["claimed"], 3_600_000, 3_700_000);
        Assert.InRange(stages["posted"], stages["claimed"], 3_700_000);
        Assert.InRange(stages["answered"], stages["posted"], 3_700_000);
    }

    [Fact]
    public async Task A_reply_that_was_never_claimed_has_no_stages()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync("c1", "AI-Off");

        await host.SendAsync(host.Reply());

        Assert.Empty((await host.SettledAsync()).StageMs);
    }

    [Fact]
    public async Task A_command_that_comes_again_before_the_end_tells_nothing()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(FakeGhl.Send, Answer.Error(500, "down"));
        await host.SendAsync(host.Reply());

        await host.SendAsync(host.Reply());

        Assert.Equal(0, await host.ValueAsync<long>(SettledEvents));
        Assert.Single(host.Ghl.Of(FakeGhl.Send));
    }

    [Fact]
    public async Task A_sweep_that_comes_too_late_tells_nothing_again()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        var command = host.Reply();
        await host.SendAsync(command);

        await host.Get<SendOnce>().RunAsync(DueReply.Of(command), null, TestContext.Current.CancellationToken);

        Assert.Equal(1, await host.ValueAsync<long>(SettledEvents));
    }

    [Fact]
    public async Task What_is_not_in_the_ledger_is_not_settled_and_not_told()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");

        Assert.False(await host.Database.TryWriteAsync(
            unit => ReplySettlement.SettleAsync(unit, Replies.Make(), ReplyState.Sent, null, host.Clock, from: [ReplyStates.Unknown]),
            TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(201, true)]
    [InlineData(404, false)]
    public async Task Only_a_sent_reply_counts_in_the_time_from_end_to_end(int status, bool counts)
    {
        // Other tests measure beside this one: the hours since the first message tell them apart.
        var hours = 5 + status;
        var seen = new ConcurrentQueue<double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, mine) =>
        {
            if (instrument.Name == "delivery.end_to_end.duration")
            {
                mine.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => seen.Enqueue(seconds));
        listener.Start();
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        if (status != 201)
        {
            host.Ghl.Next(FakeGhl.Send, Answer.Error(status, "Not found"));
        }

        await host.SendAsync(host.Reply() with { ReceivedAt = host.Clock.GetUtcNow().AddHours(-hours) });

        Assert.Equal(counts ? 1 : 0, seen.Count(seconds => seconds >= hours * 3600 && seconds < (hours + 1) * 3600));
    }

    [Fact]
    public async Task A_trace_names_the_steps_of_a_send()
    {
        var names = new ConcurrentQueue<string>();
        using var own = new ActivitySource("EnterpriseHub.Tests.Told");
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "EnterpriseHub" or "EnterpriseHub.Tests.Told",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        ActivitySource.AddActivityListener(listener);
        using var root = own.StartActivity("test")!;
        listener.ActivityStopped = activity =>
        {
            if (activity.TraceId == root.TraceId)
            {
                names.Enqueue(activity.OperationName);
            }
        };

        await host.SendAsync(host.Reply());

        Assert.Equal(["deliver.claim", "deliver.post"], names.Where(name => name.StartsWith("deliver", StringComparison.Ordinal)));
    }
}
