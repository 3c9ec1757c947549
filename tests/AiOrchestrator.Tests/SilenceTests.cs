using EnterpriseHub.AiOrchestrator.Tests.Support;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.Platform.Caching;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.AiOrchestrator.Tests;

public sealed class SilenceTests
{
    [Theory]
    [InlineData("bot_off", "needs qualifying", " ai-OFF ")]
    [InlineData("bot_off", "some other tag")]
    public async Task Without_the_right_tags_nothing_is_said(string reason, params string[] tags)
    {
        await using var hub = await Hub.StartAsync();
        hub.Gateway.Contact = asked => GatewayState.Known(asked.LocationId, asked.ContactId, tags);
        await hub.ReceiveAsync(Lead.Says("Hello"));
        await AssertSilentAsync(hub, reason);
        Assert.Empty(hub.Gateway.Commands);
    }

    [Fact]
    public async Task A_contact_that_is_known_to_be_off_costs_no_model_call()
    {
        await using var hub = await Hub.StartAsync();
        await hub.First.GetRequiredService<IHubCache>().SetAsync(
            new CacheKey("loc1", "contact", "contact1"), GatewayState.Known("loc1", "contact1", "AI-Off"), TimeSpan.FromMinutes(1), [], TestContext.Current.CancellationToken);
        await hub.ReceiveAsync(Lead.Says("Hello"));
        await AssertSilentAsync(hub, "bot_off");
        Assert.Empty(hub.Claude.Calls);
        Assert.Equal(0, hub.Gateway.LookUps);
    }

    [Fact]
    public async Task Do_not_disturb_on_the_channel_is_kept()
    {
        await using var hub = await Hub.StartAsync();
        hub.Gateway.Contact = asked => GatewayState.Known(asked.LocationId, asked.ContactId) with { DndChannels = ["SMS"] };
        await hub.ReceiveAsync(Lead.Says("Hello"));
        await AssertSilentAsync(hub, "dnd");
    }

    [Fact]
    public async Task A_request_to_stop_ends_in_a_silent_turn_without_a_model_call()
    {
        await using var hub = await Hub.StartAsync();
        await hub.ReceiveAsync(Lead.Says("STOP") with { IsOptOut = true });
        await AssertSilentAsync(hub, "opt_out");
        Assert.Empty(hub.Claude.Calls);
    }

    [Fact]
    public async Task After_an_opt_out_nothing_is_said_until_the_contact_opts_in_again()
    {
        await using var hub = await Hub.StartAsync();
        var at = TimeProvider.System.GetUtcNow();
        await hub.PublishAsync(new OptOutRecorded { LocationId = "loc1", ContactId = "contact1", OptedOut = true, At = at });
        await Hub.UntilAsync(async () => await hub.CountAsync("lead") == 1, "the opt-out");
        await hub.ReceiveAsync(Lead.Says("Hello"));
        await AssertSilentAsync(hub, "opt_out");
        await hub.PublishAsync(new OptOutRecorded { LocationId = "loc1", ContactId = "contact1", OptedOut = false, At = at.AddSeconds(1) });
        await Hub.UntilAsync(async () => await hub.CountAsync("lead WHERE opted_in_at > 0") == 1, "the opt-in");
        await hub.ReceiveAsync(Lead.Says("Hello again"));
        Assert.Equal("send", (await hub.TurnAsync(2)).Decision);
    }

    [Fact]
    public async Task A_message_older_than_a_day_is_history_only()
    {
        await using var hub = await Hub.StartAsync();
        await hub.ReceiveAsync(Lead.Says("Hello") with { IsLate = true });
        await AssertSilentAsync(hub, "late");
        Assert.Empty(hub.Claude.Calls);
    }

    [Fact]
    public async Task When_a_person_wrote_the_assistant_steps_back()
    {
        await using var hub = await Hub.StartAsync();
        await hub.PublishAsync(new OutboundMessageObserved
        {
            EventId = "human1", Seq = 5, LocationId = "loc1", ConversationId = "conv1", ContactId = "contact1", Channel = "SMS", Text = "Ana here, I will call you",
            ByHuman = true, SentAt = TimeProvider.System.GetUtcNow(),
        });
        await Hub.UntilAsync(async () => await hub.CountAsync("message") == 1, "the person's message");
        await hub.ReceiveAsync(Lead.Says("Great"));
        await AssertSilentAsync(hub, "takeover");
    }

    [Fact]
    public async Task A_person_who_writes_during_the_think_ends_it()
    {
        await using var hub = await Hub.StartAsync();
        hub.Claude.Answer = async (_, context) => await Task.Delay(Timeout.Infinite, context.RequestAborted);
        await hub.ReceiveAsync(Lead.Says("Hello"));
        await Hub.Until(() => hub.Claude.Calls.Count == 2, "the think");
        await hub.PublishAsync(new OutboundMessageObserved
        {
            EventId = "human1", Seq = 5, LocationId = "loc1", ConversationId = "conv1", ContactId = "contact1", Channel = "SMS", Text = "I have this",
            ByHuman = true, SentAt = TimeProvider.System.GetUtcNow(),
        });
        await AssertSilentAsync(hub, "takeover");
    }

    [Fact]
    public async Task A_contact_that_nobody_knows_is_never_texted_and_goes_to_a_person()
    {
        await using var hub = await Hub.StartAsync("--Orchestrator:Attempts=2", "--Orchestrator:Backoff:0=00:00:00.1");
        hub.Gateway.Contact = asked => new ContactSnapshot { LocationId = asked.LocationId, ContactId = asked.ContactId, Known = false };
        await hub.ReceiveAsync(Lead.Says("Hello"));
        var turn = await hub.TurnAsync();
        await hub.QuietAsync();
        Assert.Equal(("hand_over", "contact_unknown"), (turn.Decision, turn.Reason));
        Assert.Empty(hub.Gateway.Replies);
        Assert.Equal(2, hub.Gateway.LookUps);
        Assert.Contains("Human-Follow-Up-Needed", Assert.Single(hub.Gateway.Commands.OfType<AddTags>()).Tags);
    }

    [Fact]
    public async Task An_opt_out_in_other_words_stays_silent_and_switches_the_assistant_off()
    {
        await using var hub = await Hub.StartAsync();
        hub.Claude.Answer = (call, context) => FakeClaude.Text(context, call.Purpose == "analyze" ? FakeClaude.Analysis(intent: "opt_out", optOut: true) : FakeClaude.Draft(call));
        await hub.ReceiveAsync(Lead.Says("please quit texting me"));
        await AssertSilentAsync(hub, "opt_out_requested");
        Assert.Contains("AI-Off", Assert.Single(hub.Gateway.Commands.OfType<AddTags>()).Tags);
    }

    private static async Task AssertSilentAsync(Hub hub, string reason)
    {
        var turn = await hub.TurnAsync();
        await hub.QuietAsync();
        Assert.Equal(("stay_silent", reason), (turn.Decision, turn.Reason));
        Assert.Empty(hub.Gateway.Replies);
    }
}
