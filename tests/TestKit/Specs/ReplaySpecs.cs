using System.Net;
using System.Text.Json;
using EnterpriseHub.TestKit.Topologies;
using EnterpriseHub.TestKit.Traffic;
using MassTransit;
using Xunit;

namespace EnterpriseHub.TestKit.Specs;

/// <summary>Replay never brings about a second reply, told through the product's doors. Every topology must pass.</summary>
public abstract class ReplaySpecs(Topology hub)
{
    [Fact]
    public async Task Replaying_everything_while_it_runs_and_twice_afterwards_brings_no_second_reply()
    {
        var shape = new TrafficShape { Run = $"run{NewId.NextGuid():N}"[..16], Messages = 80, Conversations = 16, Locations = 4, Rate = 30, Redelivered = 0.2, Reordered = 0.1 };
        using var http = new HttpClient();
        var run = new TrafficRun(http, hub.Target, TimeProvider.System);
        // The window keeps texts open for a while, so that the replays meet some.
        await run.ProvisionAsync(shape, TimeSpan.FromSeconds(2), CancellationToken.None);
        var delivering = run.DeliverAsync(TrafficPlan.Of(shape, TimeProvider.System.GetUtcNow()), CancellationToken.None);
        long announced = 0;
        while (!delivering.IsCompleted)
        {
            // What waits for its turn just now is announced a second time.
            announced += (await ReplayAsync(new { filter = new { } })).GetProperty("done").GetInt64();
        }
        await delivering;
        await Eventually.BecomesAsync(() => JudgeAsync(run, shape), verdict => verdict.Lost.Count == 0);
        var before = (await RepliesAsync(shape)).Count;
        for (var time = 0; time < 2; time++)
        {
            var replay = await ReplayAsync(new { filter = new { type = "InboundMessage" } });
            Assert.True(replay.GetProperty("total").GetInt64() >= shape.Messages, replay.ToString());
            Assert.Equal(0, replay.GetProperty("failed").GetInt64());
        }
        await SayOneMoreToEachAsync(shape);
        Assert.True(announced > 0, "No message was open when a replay ran: this run proves nothing.");
        Assert.Equal(before + shape.Conversations, (await RepliesAsync(shape)).Count);
        var judged = await JudgeAsync(run, shape);
        Assert.True(judged is { Doubled.Count: 0, OutOfOrder.Count: 0, Lost.Count: 0 }, judged.ToString());
    }

    [Fact]
    public async Task A_message_that_came_before_its_location_was_connected_is_answered_once_after_replays()
    {
        var location = $"loc-{NewId.NextGuid():N}";
        var lead = new Conversation(hub, location, $"c-{NewId.NextGuid():N}");
        var message = await lead.SayAsync("Hi, I want to sell my house");
        await ConnectAsync(location, lead.ContactId);
        await ReplayAsync(new { filter = new { locationId = location } });
        await ReplayAsync(new { filter = new { locationId = location } });
        Assert.Equal([message.Ref], (await lead.RepliesAsync(1))[0].Refs);
        await lead.SettledTurnAsync(1);
        await ReplayAsync(new { filter = new { locationId = location } });
        await lead.SayAsync("And one thing more");
        await lead.SettledTurnAsync(2);
        Assert.Equal(2, (await lead.RepliesAsync()).Count);
    }

    [Fact]
    public async Task After_a_stop_a_replay_sends_nothing()
    {
        var location = $"loc-{NewId.NextGuid():N}";
        var lead = new Conversation(hub, location, $"c-{NewId.NextGuid():N}");
        await lead.SayAsync("Hi, I want to sell my house");
        await lead.SayExactlyAsync("STOP");
        await ConnectAsync(location, lead.ContactId);
        await ReplayAsync(new { filter = new { locationId = location } });
        await lead.SayAsync("hello?");
        Assert.Equal("opt_out", (await lead.SettledTurnAsync(1)).Reason);
        await ReplayAsync(new { filter = new { locationId = location } });
        Assert.Empty(await lead.RepliesAsync());
    }

    /// <summary>Asks for a replay and waits for its end.</summary>
    protected async Task<JsonElement> ReplayAsync(object wish, string path = "/api/events/replay")
    {
        using var started = await hub.SendAsync(HttpMethod.Post, path, wish);
        Assert.True(started.StatusCode == HttpStatusCode.Accepted, await started.Content.ReadAsStringAsync());
        return await Eventually.BecomesAsync(
            () => hub.GetAsync(started.Headers.Location!.OriginalString), replay => replay.GetProperty("status").GetString() == "done", TimeSpan.FromSeconds(60));
    }

    private async Task SayOneMoreToEachAsync(TrafficShape shape)
    {
        // A turn after the replays in every conversation: whatever a replay set off has come out before it.
        foreach (var number in Enumerable.Range(0, shape.Conversations))
        {
            var lead = new Conversation(hub, $"{shape.Run}-loc-{number % shape.Locations}", $"{shape.Run}-contact-{number}");
            var count = (await lead.RepliesAsync()).Count;
            await lead.SayAsync("One thing more");
            await lead.RepliesAsync(count + 1);
        }
    }

    private async Task<Verdict> JudgeAsync(TrafficRun run, TrafficShape shape) => Oracle.Judge(run.Handovers, await RepliesAsync(shape));

    private async Task<IReadOnlyList<DeliveredReply>> RepliesAsync(TrafficShape shape) =>
        [.. (await hub.Ghl.RepliesAsync(CancellationToken.None)).Where(reply => reply.LocationId.StartsWith(shape.Run, StringComparison.Ordinal))];

    private async Task ConnectAsync(string location, string contact)
    {
        using var connected = await hub.SendAsync(HttpMethod.Put, $"/api/locations/{location}", new
        {
            name = "Alta Loma", timeZone = "America/Los_Angeles", accessToken = $"sim-{location}", settleWindow = "00:00:00", quietHours = (object?)null, activation = new { @default = "on" },
        });
        connected.EnsureSuccessStatusCode();
        using var seeded = await hub.SendAsync(HttpMethod.Post, "/sim/ghl-control/contacts", new[] { new { locationId = location, id = contact, firstName = "Dana", tags = Array.Empty<string>() } });
        seeded.EnsureSuccessStatusCode();
    }
}
