using System.Net;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.TestKit.Topologies;
using EnterpriseHub.TestKit.Traffic;
using MassTransit;
using Xunit;

namespace EnterpriseHub.TestKit.Specs;

/// <summary>What the product is for, told through its doors only: webhooks in, GHL's ledger out. Every topology must pass.</summary>
public abstract class MainJobSpecs(Topology hub)
{
    private readonly string _location = $"loc-{NewId.NextGuid():N}";

    [Fact]
    public async Task A_message_gets_one_reply()
    {
        var lead = await LeadAsync();
        var message = await lead.SayAsync("Hi, I am thinking about selling my house");
        var reply = Assert.Single(await lead.RepliesAsync(1));
        Assert.Equal([message.Ref], reply.Refs);
        Assert.InRange(reply.Text.Length, 1, 320);
        Assert.True(reply.Text.Count(character => character == '?') <= 1, reply.Text);
        Assert.Equal("sent", (await lead.SettledTurnAsync(1)).Delivery);
    }

    [Fact]
    public async Task A_webhook_that_is_delivered_ten_times_at_once_gets_one_reply()
    {
        var lead = await LeadAsync();
        var message = lead.Write("Hello, how does this work");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => hub.DeliverAsync(message)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        await lead.SettledTurnAsync(1);
        await lead.SayAsync("And something else");
        await lead.SettledTurnAsync(2);
        Assert.Equal(2, (await lead.RepliesAsync()).Count);
    }

    [Fact]
    public async Task The_same_message_under_another_webhook_id_gets_no_second_reply()
    {
        var lead = await LeadAsync();
        var message = await lead.SayAsync("Hello, are you there");
        await lead.RepliesAsync(1);
        Assert.Equal(HttpStatusCode.OK, await hub.DeliverAsync(message with { WebhookId = NewId.NextGuid().ToString() }));
        await lead.SayAsync("One more thing");
        await lead.SettledTurnAsync(2);
        Assert.Equal(2, (await lead.RepliesAsync()).Count);
    }

    [Fact]
    public async Task A_burst_is_answered_once()
    {
        var lead = await LeadAsync(settleWindow: "00:00:01");
        var burst = new[] { await lead.SayAsync("Hi"), await lead.SayAsync("I want to sell"), await lead.SayAsync("my house in Rancho") };
        var reply = Assert.Single(await lead.RepliesAsync(1));
        Assert.Equal(burst.Select(message => message.Ref).Order(), reply.Refs.Order());
        await lead.SettledTurnAsync(1);
        Assert.Single(await lead.RepliesAsync());
    }

    [Fact]
    public async Task After_stop_nothing_is_sent()
    {
        var lead = await LeadAsync();
        await lead.SayAsync("Hi there");
        await lead.RepliesAsync(1);
        await lead.SettledTurnAsync(1);
        await lead.SayExactlyAsync("STOP");
        await lead.SayAsync("why do I still get these");
        Assert.Equal("stay_silent", (await lead.SettledTurnAsync(2)).Decision);
        Assert.Single(await lead.RepliesAsync());
    }

    [Fact]
    public async Task Stop_counts_also_where_the_assistant_was_never_on()
    {
        var lead = await LeadAsync(tags: ["AI-Off"]);
        await lead.SayExactlyAsync("please stop texting me");
        await lead.SettledTurnAsync(1);
        await SeedAsync(lead.ContactId, []);
        await lead.SayAsync("hello again");
        Assert.Equal("opt_out", (await lead.SettledTurnAsync(2)).Reason);
        Assert.Empty(await lead.RepliesAsync());
    }

    [Fact]
    public async Task A_contact_with_an_off_tag_is_left_alone()
    {
        var lead = await LeadAsync(tags: ["vip", " ai-off "]);
        await lead.SayAsync("Hi, anybody home");
        var turn = await lead.SettledTurnAsync(1);
        Assert.Equal(("stay_silent", "bot_off"), (turn.Decision, turn.Reason));
        Assert.Empty(await lead.RepliesAsync());
    }

    [Fact]
    public async Task A_contact_on_do_not_disturb_is_left_alone()
    {
        var lead = await LeadAsync(dnd: true);
        await lead.SayAsync("Hi, anybody home");
        await lead.SettledTurnAsync(1);
        Assert.Empty(await lead.RepliesAsync());
    }

    [Fact]
    public async Task A_seller_is_led_through_the_questions_and_tagged()
    {
        var lead = await LeadAsync(tags: ["seller-lead"]);
        string[] answers =
        [
            "I want to sell my house at 12 Oak Street", "We are relocating to Austin for work", "Yes, 30 to 45 days would work for us",
            "It is move-in ready", "We would be happy with $650,000",
        ];
        foreach (var (answer, number) in answers.Select((answer, index) => (answer, index + 1)))
        {
            await lead.SayAsync(answer);
            await lead.SettledTurnAsync(number);
        }
        var replies = await lead.RepliesAsync();
        Assert.Equal(answers.Length, replies.Count);
        Assert.Equal(replies.Count, replies.Select(reply => System.Text.RegularExpressions.Regex.Replace(reply.Text, @"\(ref.*", "")).Distinct().Count());
        await Eventually.BecomesAsync(() => TagsAsync(lead.ContactId), tags => tags.Contains("Hot-Seller"));
    }

    [Fact]
    public async Task A_reply_that_GHL_saved_but_answered_with_500_is_not_sent_again()
    {
        var lead = await LeadAsync();
        using (var fault = await hub.SendAsync(HttpMethod.Put, "/sim/control/faults", new[]
        {
            new { upstream = "ghl", method = "POST", path = "/conversations/messages", locationId = _location, mode = "500-saved", probability = 1.0, count = 1 },
        }))
        {
            fault.EnsureSuccessStatusCode();
        }
        await lead.SayAsync("Hello, is this the agency");
        Assert.Equal("sent", (await lead.SettledTurnAsync(1)).Delivery);
        Assert.Single(await lead.RepliesAsync());
    }

    [Fact]
    public async Task Many_conversations_with_repeats_and_disorder_keep_every_promise()
    {
        var shape = new TrafficShape { Run = $"run{NewId.NextGuid():N}"[..16], Messages = 120, Conversations = 24, Locations = 6, Rate = 60, Redelivered = 0.2, Reordered = 0.1 };
        using var http = new HttpClient();
        var run = new TrafficRun(http, hub.Target, TimeProvider.System);
        await run.ProvisionAsync(shape, TimeSpan.Zero, CancellationToken.None);
        await run.DeliverAsync(TrafficPlan.Of(shape, TimeProvider.System.GetUtcNow()), CancellationToken.None);
        var verdict = await Eventually.BecomesAsync(
            async () => Oracle.Judge(run.Handovers, [.. (await hub.Ghl.RepliesAsync(CancellationToken.None)).Where(reply => reply.LocationId.StartsWith(shape.Run, StringComparison.Ordinal))]),
            verdict => verdict.Lost.Count == 0);
        Assert.True(verdict.Clean, verdict.ToString());
    }

    [Fact]
    public async Task An_answered_turn_shows_all_its_stages_in_order_and_each_is_measured()
    {
        var lead = await LeadAsync();
        await lead.SayAsync("Hi, what is my house worth");
        Assert.Equal("sent", (await lead.SettledTurnAsync(1)).Delivery);
        var stages = await lead.StagesAsync();

        Assert.Equal(TurnStages.InOrder.Where(stage => stage != TurnStages.Waited), stages.Where(stage => stage.Step is null).Select(stage => stage.Stage));
        Assert.All(stages.Zip(stages.Skip(1)), pair => Assert.True(pair.First.SinceReceivedMs <= pair.Second.SinceReceivedMs, $"{pair.First} before {pair.Second}"));
        Assert.All(stages, stage => Assert.True(stage.TookMs >= 0, stage.ToString()));
        var thought = stages.SkipWhile(stage => stage.Stage != TurnStages.Leased).TakeWhile(stage => stage.Stage != TurnStages.Decided);
        Assert.Equal(["analyze", "contact", "draft", "market", "qualification", "score"], thought.Select(stage => stage.Step).OfType<string>().Order());

        await MeasuredAsync("/webhooks/ghl", [TurnStages.Stored, TurnStages.Published, TurnStages.Claimed, TurnStages.Posted, TurnStages.Answered]);
        await MeasuredAsync("/api/conversations", [TurnStages.PickedUp, TurnStages.Leased, TurnStages.Decided, TurnStages.Committed, TurnStages.Commanded]);
    }

    [Fact]
    public async Task A_turn_that_says_nothing_shows_what_it_reached()
    {
        var lead = await LeadAsync(tags: ["AI-Off"]);
        await lead.SayAsync("Hello");
        Assert.Equal("none", (await lead.SettledTurnAsync(1)).Delivery);

        Assert.Equal(TurnStages.Committed, (await lead.StagesAsync())[^1].Stage);
    }

    private async Task<Conversation> LeadAsync(string settleWindow = "00:00:00", string[]? tags = null, bool dnd = false)
    {
        using var location = await hub.SendAsync(HttpMethod.Put, $"/api/locations/{_location}", new
        {
            name = "Alta Loma",
            timeZone = "America/Los_Angeles",
            accessToken = $"sim-{_location}",
            settleWindow,
            quietHours = (object?)null,
            activation = new { @default = "on" },
        });
        Assert.True(location.IsSuccessStatusCode, await location.Content.ReadAsStringAsync());
        var contact = $"c-{NewId.NextGuid():N}";
        await SeedAsync(contact, tags ?? [], dnd);
        return new Conversation(hub, _location, contact);
    }

    private async Task SeedAsync(string contact, string[] tags, bool dnd = false)
    {
        using var seeded = await hub.SendAsync(HttpMethod.Post, "/sim/ghl-control/contacts", new[] { new { locationId = _location, id = contact, firstName = "Dana", tags, dnd } });
        Assert.True(seeded.IsSuccessStatusCode, await seeded.Content.ReadAsStringAsync());
    }

    /// <summary>The contact's tags by what GHL was told; reading the contact itself would use up the location's rate.</summary>
    private async Task<IReadOnlyList<string>> TagsAsync(string contact)
    {
        using var answer = await hub.Http.GetAsync(new Uri(hub.For("/sim/ghl"), $"/sim/ghl/ledger?kind=tag&limit=1000&locationId={_location}"));
        var ledger = await System.Net.Http.Json.HttpContentJsonExtensions.ReadFromJsonAsync<System.Text.Json.JsonElement>(answer.Content);
        var tags = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in ledger.GetProperty("entries").EnumerateArray().Where(entry => entry.GetProperty("contactId").GetString() == contact))
        {
            var named = entry.GetProperty("body").GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!);
            if (entry.GetProperty("method").GetString() == "POST")
            {
                tags.UnionWith(named);
            }
            else
            {
                tags.ExceptWith(named);
            }
        }
        return [.. tags];
    }

    /// <summary>The histogram has each stage, and no other label.</summary>
    private async Task MeasuredAsync(string owner, string[] stages)
    {
        await Eventually.BecomesAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hub.For(owner), "/metrics"));
                request.Headers.Add("X-Api-Key", Topology.AdminKey);
                using var answer = await hub.Http.SendAsync(request);
                var metrics = await answer.Content.ReadAsStringAsync();
                return string.Join(", ", stages.Where(stage => !metrics.Contains($"turn_stage_duration_seconds_count{{stage=\"{stage}\"}} ", StringComparison.Ordinal)));
            },
            missing => missing.Length == 0);
    }
}
