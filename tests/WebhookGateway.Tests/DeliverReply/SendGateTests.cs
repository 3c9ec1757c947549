using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.WebhookGateway.DeliverReply;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;
using FsCheck;
using FsCheck.Fluent;

namespace EnterpriseHub.WebhookGateway.Tests.DeliverReply;

public sealed class SendGateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 20, 0, 0, TimeSpan.Zero);
    private static readonly GateLimits Limits = GateLimits.Of(new DeliveryOptions());

    private static GateFacts Open => new()
    {
        Now = Now,
        Channel = "SMS",
        DecidedAt = Now - TimeSpan.FromSeconds(1),
        Contact = new() { LocationId = "loc1", ContactId = "c1", Known = true, AsOf = Now - TimeSpan.FromSeconds(59) },
        Location = TestLocations.Make(),
    };

    /// <summary>Everything that keeps a reply back, each alone.</summary>
    private static readonly (string Reason, Func<GateFacts, GateFacts> Set)[] Blockers =
    [
        ("location_unknown", facts => facts with { Location = null }),
        ("location_inactive", facts => facts with { Location = facts.Location is null ? null : facts.Location with { Active = false } }),
        ("opt_out", facts => facts with { OptedOut = true }),
        ("takeover", facts => facts with { TakeoverUntil = Now + TimeSpan.FromSeconds(1) }),
        ("newer_message", facts => facts with { NewerInbound = true }),
        ("out_of_order", facts => facts with { LaterSent = true }),
        ("earlier_reply", facts => facts with { EarlierOpen = true }),
        ("earlier_reply", facts => facts with { EarlierMissing = true }),
        ("earlier_text", facts => facts with { EarlierTextAt = Now - TimeSpan.FromSeconds(1) }),
        ("earlier_text", facts => facts with { WaitedForText = true }),
        ("earlier_superseded", facts => facts with { EarlierSuperseded = true }),
        ("too_old", facts => facts with { DecidedAt = Now - TimeSpan.FromHours(25) }),
        ("contact_unknown", facts => facts with { Contact = null }),
        ("contact_unknown", facts => facts with { Contact = facts.Contact is null ? null : facts.Contact with { Known = false } }),
        ("contact_unknown", facts => facts with { Contact = facts.Contact is null ? null : facts.Contact with { AsOf = Now - TimeSpan.FromSeconds(61) } }),
        ("dnd", facts => facts with { Contact = facts.Contact is null ? null : facts.Contact with { Dnd = true } }),
        ("dnd", facts => facts with { Contact = facts.Contact is null ? null : facts.Contact with { DndChannels = ["sms"] } }),
        ("bot_off", facts => facts with { Contact = facts.Contact is null ? null : facts.Contact with { Tags = [" ai-OFF "] } }),
        ("quiet_hours", facts => facts with { Location = facts.Location is null ? null : facts.Location with { QuietHours = new(new(10, 0), new(14, 0)) } }),
        ("no_token", facts => facts with { NoToken = "no_token" }),
    ];

    public static TheoryData<int> EachBlocker => [.. Enumerable.Range(0, Blockers.Length)];

    [Fact]
    public void Lets_a_reply_out_when_nothing_speaks_against_it() => Assert.IsType<GateVerdict.Send>(SendGate.Decide(Open, Limits));

    [Theory, MemberData(nameof(EachBlocker))]
    public void Names_what_keeps_a_reply_back(int blocker)
    {
        var verdict = SendGate.Decide(Blockers[blocker].Set(Open), Limits);

        Assert.IsNotType<GateVerdict.Send>(verdict);
        Assert.Equal(Blockers[blocker].Reason, verdict.Reason);
    }

    [Fact]
    public void Never_sends_while_anything_keeps_it_back()
    {
        var some = Gen.SubListOf(Blockers).Where(list => list.Any());
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(some), set =>
            SendGate.Decide(set.Aggregate(Open, (facts, blocker) => blocker.Set(facts)), Limits) is not GateVerdict.Send));
    }

    [Fact]
    public void After_a_stop_nothing_but_suppression_comes()
    {
        var some = Gen.SubListOf(Blockers.Where(blocker => !blocker.Reason.StartsWith("location", StringComparison.Ordinal)));
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(some), set =>
            SendGate.Decide(set.Aggregate(Open with { OptedOut = true }, (facts, blocker) => blocker.Set(facts)), Limits) == new GateVerdict.Suppress("opt_out")));
    }

    [Fact]
    public void A_wait_always_lies_ahead_and_at_most_a_day()
    {
        var some = Gen.SubListOf(Blockers);
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(some), set =>
            SendGate.Decide(set.Aggregate(Open, (facts, blocker) => blocker.Set(facts)), Limits) is not GateVerdict.Wait wait
            || (wait.Until > Now && wait.Until <= Now + TimeSpan.FromHours(25))));
    }

    [Theory]
    [InlineData("Custom", "SMS", true)]
    [InlineData("RCS", "SMS", true)]
    [InlineData("WhatsApp", "whatsapp", true)]
    [InlineData("Email", "SMS", false)]
    [InlineData("IG", "all", true)]
    [InlineData("Custom", "ALL", true)]
    [InlineData("Custom", "Email", false)]
    [InlineData("RCS", "WhatsApp", false)]
    public void Do_not_disturb_covers_its_channel(string channel, string dnd, bool blocks)
    {
        var verdict = SendGate.Decide(Open with { Channel = channel, Contact = Open.Contact! with { DndChannels = [dnd] } }, Limits);

        Assert.Equal(blocks, verdict is GateVerdict.Suppress);
    }

    [Theory]
    [InlineData("on", "", true)]
    [InlineData("on", "Stop-Bot", false)]
    [InlineData("off", "", false)]
    [InlineData("off", "NEEDS qualifying ", true)]
    [InlineData("off", "needs qualifying,stop-bot", false)]
    [InlineData("", "", false)]
    [InlineData("whatever", "", false)]
    public void Tags_switch_the_assistant(string rule, string tags, bool on)
    {
        var rules = new ActivationRules { Default = rule, OnTags = ["needs qualifying"], OffTags = ["AI-Off", "Stop-Bot"], SellerTags = [], BuyerTags = [] };

        Assert.Equal(on, Activation.Allows(rules, tags.Split(',')));
    }

    [Fact]
    public void Trouble_waits_ever_longer_and_ends_with_a_person()
    {
        var facts = Open with { Contact = null };
        Assert.Equal(Now.AddSeconds(1), ((GateVerdict.Wait)SendGate.Decide(facts, Limits)).Until);
        Assert.Equal(Now.AddSeconds(8), ((GateVerdict.Wait)SendGate.Decide(facts with { BlockedSince = Now.AddSeconds(-8) }, Limits)).Until);
        Assert.Equal(Now.AddSeconds(60), ((GateVerdict.Wait)SendGate.Decide(facts with { BlockedSince = Now.AddMinutes(-10) }, Limits)).Until);
        Assert.Equal(new GateVerdict.Hold("contact_unknown"), SendGate.Decide(facts with { BlockedSince = Now.AddMinutes(-15) }, Limits));
    }

    /// <summary>What a reply waits for, until when, and whether the waiting is trouble that ends with a person.</summary>
    [Fact]
    public void A_reply_waits_for_its_time_and_only_what_is_missing_is_trouble()
    {
        Assert.Equal(new GateVerdict.Wait(Now.AddMilliseconds(200), "earlier_reply", IsTrouble: false), SendGate.Decide(Open with { EarlierOpen = true }, Limits));
        Assert.Equal(new GateVerdict.Wait(Now.AddMilliseconds(300), "earlier_text", IsTrouble: false), SendGate.Decide(Open with { EarlierTextAt = Now }, Limits));
        Assert.Equal(new GateVerdict.Wait(Now.AddSeconds(2), "earlier_text", IsTrouble: false), SendGate.Decide(Open with { EarlierTextAt = Now.AddSeconds(-8) }, Limits));
        Assert.Equal(new GateVerdict.Wait(Now.AddSeconds(5), "earlier_text", IsTrouble: false), SendGate.Decide(Open with { EarlierTextAt = Now.AddMinutes(-1) }, Limits));
        Assert.Equal(
            new GateVerdict.Wait(Now.AddHours(1), "quiet_hours", IsTrouble: false),
            SendGate.Decide(Open with { Location = TestLocations.Make(new(new(10, 0), new(13, 0))) }, Limits));
        Assert.Equal(new GateVerdict.Wait(Now.AddSeconds(1), "needs_reconnect", IsTrouble: true), SendGate.Decide(Open with { NoToken = "needs_reconnect" }, Limits));
        Assert.Equal(
            new GateVerdict.Wait(Now.AddSeconds(1), "needs_reconnect", IsTrouble: true),
            SendGate.Decide(Open with { NoToken = "needs_reconnect", Contact = null }, Limits));
    }

    [Fact]
    public void A_limit_itself_is_still_within_it()
    {
        Assert.IsType<GateVerdict.Send>(SendGate.Decide(Open with { TakeoverUntil = Now }, Limits));
        Assert.IsType<GateVerdict.Send>(SendGate.Decide(Open with { DecidedAt = Now - Limits.TooOldAfter }, Limits));
        Assert.IsType<GateVerdict.Send>(SendGate.Decide(Open with { Contact = Open.Contact! with { AsOf = Now - Limits.ContactMaxAge } }, Limits));
    }

    [Fact]
    public void Quiet_hours_are_the_leads_own_and_else_the_locations()
    {
        // 20:00 UTC is noon in Los Angeles and 21:00 in Berlin.
        var quiet = Open with { Location = TestLocations.Make(new(new(21, 0), new(8, 0))) };

        Assert.IsType<GateVerdict.Send>(SendGate.Decide(quiet, Limits));
        var wait = Assert.IsType<GateVerdict.Wait>(SendGate.Decide(quiet with { Contact = quiet.Contact! with { TimeZone = "Europe/Berlin" } }, Limits));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 7, 0, 0, TimeSpan.Zero), wait.Until);
        Assert.IsType<GateVerdict.Send>(SendGate.Decide(quiet with { Contact = quiet.Contact! with { TimeZone = "Nowhere/Land" } }, Limits));
    }

    [Fact]
    public void An_unknown_zone_holds_the_reply_where_quiet_hours_are_set()
    {
        var location = TestLocations.Make(new(new(21, 0), new(8, 0)));
        var facts = Open with { Location = location with { Profile = location.Profile with { TimeZone = "Mars/Base" } } };

        Assert.Equal(new GateVerdict.Hold("time_zone_unknown"), SendGate.Decide(facts, Limits));
    }
}
