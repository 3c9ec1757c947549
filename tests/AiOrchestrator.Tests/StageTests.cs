using EnterpriseHub.AiOrchestrator.Conversations;
using EnterpriseHub.AiOrchestrator.RecordThread;
using EnterpriseHub.AiOrchestrator.ReplyToMessage;
using EnterpriseHub.AiOrchestrator.Tests.Support;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Observability;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.AiOrchestrator.Tests;

/// <summary>What a turn tells of its way, stage by stage.</summary>
public sealed class StageTests
{
    private static readonly string[] BeforeTheSteps = ["received", "stored", "published", "picked_up", "leased"];
    private static readonly string[] Steps = [.. Enumerable.Repeat("step", 6)];

    [Fact]
    public async Task A_turn_shows_its_stages_and_steps_in_order()
    {
        await using var hub = await Hub.StartAsync();
        hub.Gateway.Settle = _ => null;
        await hub.ReceiveAsync(Lead.Says("Hello"));
        var reply = await hub.ReplyAsync();
        await hub.SettleAsync(reply, ReplyState.Sent, new() { ["commanded"] = 3_600_000, ["claimed"] = 3_600_001, ["posted"] = 3_600_003, ["answered"] = 3_600_063 });

        var stages = (await DeliveredAsync(hub, "sent")).Stages;

        Assert.Equal([.. BeforeTheSteps, .. Steps, "decided", "committed", "commanded", "claimed", "posted", "answered"], stages.Select(stage => stage.Stage));
        Assert.Equal(["analyze", "contact", "draft", "market", "qualification", "score"], stages.Where(stage => stage.Stage == "step").Select(stage => stage.Step!).Order());
        Assert.All(stages.Zip(stages.Skip(1)), pair => Assert.True(pair.First.SinceReceivedMs <= pair.Second.SinceReceivedMs, $"{pair.First} {pair.Second}"));
        Assert.All(stages, stage => Assert.True(stage.TookMs >= 0, stage.ToString()));
        Assert.Equal([1, 2, 60], stages.TakeLast(3).Select(stage => stage.TookMs));
        Assert.Equal(reply.ReceivedAt.AddMilliseconds(3_600_063), stages[^1].At);
        Assert.Equal(0, stages[0].SinceReceivedMs);
    }

    [Fact]
    public async Task A_turn_without_a_reply_shows_what_it_reached()
    {
        await using var hub = await Hub.StartAsync();
        await hub.ReceiveAsync(Lead.Says("STOP") with { IsOptOut = true });
        await hub.TurnAsync();

        Assert.Equal([.. BeforeTheSteps, "step", "decided", "committed"], (await TurnAsync(hub)).Stages.Select(stage => stage.Stage));
    }

    [Theory]
    [InlineData(ReplyState.Superseded, "superseded")]
    [InlineData(ReplyState.Suppressed, "suppressed")]
    [InlineData(ReplyState.Held, "held")]
    public async Task A_reply_that_never_went_out_shows_what_it_reached(ReplyState end, string delivery)
    {
        await using var hub = await Hub.StartAsync();
        hub.Gateway.Settle = _ => null;
        await hub.ReceiveAsync(Lead.Says("Hello"));
        await hub.SettleAsync(await hub.ReplyAsync(), end, new() { ["commanded"] = 200 });

        Assert.Equal([.. BeforeTheSteps, .. Steps, "decided", "committed", "commanded"], (await DeliveredAsync(hub, delivery)).Stages.Select(stage => stage.Stage));
    }

    [Fact]
    public async Task The_wait_for_a_burst_is_a_stage_of_its_own_and_all_count_from_the_first_message()
    {
        await using var hub = await Hub.StartAsync();
        var profile = Lead.Profile(TimeSpan.FromMilliseconds(600));
        var first = Lead.Says("Hi", profile);
        await hub.ReceiveAsync(first with { ReceivedAt = first.ReceivedAt.AddSeconds(-5), AcceptedAt = first.AcceptedAt.AddSeconds(-4) });
        await hub.ReceiveAsync(Lead.Says("I want to sell", profile));
        Assert.Equal(2, (await hub.TurnAsync()).Messages);

        var stages = (await DeliveredAsync(hub, "sent")).Stages;

        Assert.Equal(["decided", "waited", "committed"], stages.Where(stage => stage.Stage is "decided" or "waited" or "committed").Select(stage => stage.Stage));
        Assert.Equal(1000, stages.Single(stage => stage.Stage == "stored").SinceReceivedMs);
    }

    [Fact]
    public async Task A_second_report_without_stages_takes_none_away()
    {
        await using var hub = await Hub.StartAsync();
        hub.Gateway.Settle = _ => null;
        await hub.ReceiveAsync(Lead.Says("Hello"));
        var reply = await hub.ReplyAsync();
        await hub.SettleAsync(reply, ReplyState.Held, new() { ["claimed"] = 200 });
        await DeliveredAsync(hub, "held");
        await hub.SettleAsync(reply, ReplyState.Sent);

        Assert.Equal("claimed", (await DeliveredAsync(hub, "sent")).Stages[^1].Stage);
    }

    [Fact]
    public void Times_that_make_no_sense_are_left_out_of_a_report()
    {
        var settled = new ReplySettled
        {
            TurnId = "t", LocationId = "l", ConversationId = "c", ContactId = "c", State = ReplyState.Sent, AnswersUpToSeq = 1, At = TimeProvider.System.GetUtcNow(),
            StageMs = new Dictionary<string, double>
            {
                ["commanded"] = double.NaN, ["claimed"] = double.PositiveInfinity, ["posted"] = -1e300, ["unheard_of"] = 5, ["answered"] = 60.125,
            },
        };
        Assert.Equal("""{"answered":60.12}""", ReportedStages.Json(settled));
    }

    [Fact]
    public void A_clock_that_is_behind_or_ahead_shows_no_negative_time_and_spoils_no_duration_within_its_process()
    {
        var stages = TurnStageViews.Of(new TurnRow
        {
            ReceivedAt = 1_800_000_000_000,
            Stages = """{"stored":2,"published":4,"picked_up":-5000,"leased":-4997,"decided":-4870,"committed":-4868}""",
            Steps = """[{"step":"draft","ms":90,"outcome":"ok","startedMs":-4990},{"step":"analyze","ms":120,"outcome":"ok","startedMs":-4990}]""",
            DeliveryStages = """{"claimed":140,"posted":142,"answered":200}""",
        });

        Assert.Equal(["received", "stored", "published", "picked_up", "leased", "draft", "analyze", "decided", "committed", "claimed", "posted", "answered"],
            stages.Select(stage => stage.Step ?? stage.Stage));
        Assert.Equal([0, 2, 4, 4, 4, 4, 4, 4, 4, 140, 142, 200], stages.Select(stage => stage.SinceReceivedMs));
        Assert.Equal([0, 2, 2, 0, 3, 90, 120, 127, 2, 5008, 2, 58], stages.Select(stage => stage.TookMs));
        Assert.Equal(1_800_000_000_000 - 5000, stages[3].At.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void What_nobody_timed_is_no_stage()
    {
        var passage = new TurnPassage(new StageClock(TimeProvider.System), LeasedAt: 1010, ThoughtFrom: 1011) { DecidedAt = 1100.126 };
        var old = new Said { EventId = "e", Direction = "lead", Text = "Hello", ReceivedAt = 1000 };

        Assert.Equal([new("leased", 10), new("decided", 100.13), new("committed", 102)], passage.Stages(old, 1102));
    }

    [Fact]
    public async Task A_turn_of_the_version_before_shows_no_stages_and_is_delivered_all_the_same()
    {
        await using var hub = await Hub.StartAsync();
        hub.Gateway.Settle = _ => null;
        await hub.ReceiveAsync(Lead.Says("Hello"));
        var reply = await hub.ReplyAsync();

        await hub.UpgradeAsync();

        Assert.Equal(1, await hub.CountAsync("message WHERE direction = 'lead' AND stored_at = 0"));
        Assert.Empty((await TurnAsync(hub)).Stages);
        Assert.Equal(1, (await TurnAsync(hub)).Steps.GetArrayLength());

        await hub.SettleAsync(reply, ReplyState.Sent, new() { ["claimed"] = 200, ["posted"] = 201, ["answered"] = 260 });

        Assert.Equal(["received", "claimed", "posted", "answered"], (await DeliveredAsync(hub, "sent")).Stages.Select(stage => stage.Stage));
    }

    private static async Task<TurnView> TurnAsync(Hub hub) =>
        (await hub.Services.GetRequiredService<ReadConversations>().FindAsync("loc1", "conv1", TestContext.Current.CancellationToken))!.Turns[^1];

    private static async Task<TurnView> DeliveredAsync(Hub hub, string delivery)
    {
        await Hub.UntilAsync(async () => (await TurnAsync(hub)).Delivery == delivery, delivery);
        return await TurnAsync(hub);
    }
}
