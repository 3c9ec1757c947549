using System.Text.Json;
using EnterpriseHub.LoadTests.Traffic;

namespace EnterpriseHub.LoadTests.Tests;

public sealed class WebhookPlanTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Webhooks_come_by_due_time_each_message_once_without_redelivery()
    {
        var webhooks = Plan(new TrafficMix { Redelivered = 0, Others = 1, Reordered = 0.3 }).Read(Start).ToList();
        Assert.Equal(webhooks.Select(webhook => webhook.Due).Order(), webhooks.Select(webhook => webhook.Due));
        Assert.Equal(Enumerable.Range(1, 200), webhooks.Where(webhook => webhook.Message is not null).Select(webhook => webhook.Message!.Ref).Order());
    }

    [Fact]
    public void Shares_of_the_mix_come_out()
    {
        var webhooks = Plan(new TrafficMix { Redelivered = 0.5, Others = 1, Silent = 0.25 }).Read(Start).ToList();
        Assert.InRange(webhooks.Count(webhook => webhook.Message is not null), 260, 340);
        Assert.InRange(Types(webhooks).Count(type => type != "InboundMessage"), 150, 250);
        Assert.InRange(Bodies(webhooks).Count(body => body.GetProperty("locationId").GetString() == "off"), 25, 75);
        Assert.True(Types(webhooks).Distinct().Count() >= 7);
    }

    [Fact]
    public void A_redelivery_is_the_same_bytes_later()
    {
        var webhooks = Plan(new TrafficMix { Redelivered = 1, Others = 0 }).Read(Start).Where(webhook => webhook.Message is not null).GroupBy(webhook => webhook.Message!.Ref).Where(group => group.Count() > 1).ToList();
        Assert.NotEmpty(webhooks);
        Assert.All(webhooks, group => Assert.All(group.Skip(1), again =>
        {
            Assert.Same(group.First().Body, again.Body);
            Assert.True(again.Due >= group.First().Due);
        }));
    }

    [Fact]
    public void A_reordered_message_arrives_after_the_next_of_its_conversation()
    {
        var plan = Plan(new TrafficMix { Redelivered = 0, Others = 0, Reordered = 0.3 });
        var late = plan.Read(Start).Where(webhook => webhook.Due > webhook.Message!.SentAt - Start).ToList();
        Assert.InRange(late.Count, 30, 90);
        Assert.All(late, webhook => Assert.Equal(1.05, (webhook.Due - (webhook.Message!.SentAt - Start)).TotalSeconds, 2));
    }

    [Fact]
    public void A_conversation_has_its_messages_and_then_another_takes_its_place()
    {
        var messages = Plan(new TrafficMix { Redelivered = 0, Others = 0 }).Read(Start).Select(webhook => webhook.Message!).ToList();
        Assert.All(messages.GroupBy(message => message.ConversationId), conversation =>
        {
            Assert.InRange(conversation.Count(), 1, 4);
            Assert.Single(conversation.Select(message => message.LocationId).Distinct());
            Assert.Single(conversation.Select(message => message.ContactId).Distinct());
        });
        Assert.All(messages, message => Assert.StartsWith("w1-", message.ContactId, StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_seed_gives_the_same_times()
    {
        Assert.Equal(Times(7), Times(7));
        Assert.NotEqual(Times(7), Times(8));

        List<TimeSpan> Times(int seed) => [.. Plan(new TrafficMix(), seed).Read(Start).Select(webhook => webhook.Due)];
    }

    private static WebhookPlan Plan(TrafficMix mix, int seed = 1) => new()
    {
        Window = "w1", Messages = RateProfile.Constant(20, 10), Locations = ["a", "b", "c"], SilentLocation = "off", Mix = mix, Spacing = 1, PerConversation = 4, Seed = seed,
    };

    private static IEnumerable<JsonElement> Bodies(IEnumerable<PlannedWebhook> webhooks) => webhooks.Select(webhook => JsonElement.Parse(webhook.Body));

    private static IEnumerable<string> Types(IEnumerable<PlannedWebhook> webhooks) => Bodies(webhooks).Select(body => body.GetProperty("type").GetString()!);
}
