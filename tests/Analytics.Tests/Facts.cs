using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.Contracts.Operations;
using EnterpriseHub.Contracts.Scoring;

namespace EnterpriseHub.Analytics.Tests;

/// <summary>Messages as the other modules send them.</summary>
internal static class Facts
{
    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static InboundMessageAccepted Inbound(string location, string contact, long seq = 1, string text = "Hello", double ackMs = 4) => new()
    {
        EventId = $"event-{location}-{seq}", Seq = seq, LocationId = location, ConversationId = $"conversation-{contact}", ContactId = contact,
        Channel = "SMS", Text = text, SentAt = Now, ReceivedAt = Now.AddMilliseconds(-ackMs), AcceptedAt = Now,
        Location = new LocationProfile
        {
            Name = $"Agency {location}", TimeZone = "America/Los_Angeles", Tone = "friendly", SettleWindow = TimeSpan.Zero, DailyBudgetUsd = 5,
            Activation = new ActivationRules { Default = "on", OnTags = [], OffTags = [], SellerTags = [], BuyerTags = [] },
        },
    };

    public static TurnDecided Turn(string location, string contact, long seq = 1, string decision = "send", string temperature = "hot", long cost = 1200) => new()
    {
        TurnId = $"turn-{location}-{contact}-{seq}", LocationId = location, ConversationId = $"conversation-{contact}", ContactId = contact, AnswersUpToSeq = seq,
        Decision = decision, Reason = decision == "send" ? "answered" : "needs_human", Mode = "seller", Temperature = temperature,
        Qualification = new Dictionary<string, string> { ["motivation"] = "relocation" },
        Analysis = new Dictionary<string, string> { ["intent"] = "sell" },
        Steps = [new StepMeasured("analyze", 120, "ok"), new StepMeasured("knowledge", 80, "late")],
        CostMicroUsd = cost, ReceivedAt = Now.AddMilliseconds(-150), DecidedAt = Now,
    };

    public static ReplySettled Reply(string location, string contact, ReplyState state, string? reason = null, long seq = 1, double answered = 162) => new()
    {
        TurnId = $"turn-{location}-{contact}-{seq}", LocationId = location, ConversationId = $"conversation-{contact}", ContactId = contact,
        State = state, Reason = reason, AnswersUpToSeq = seq, At = Now,
        StageMs = new Dictionary<string, double> { ["claimed"] = 100, ["posted"] = 110, ["answered"] = answered },
    };

    public static LeadScored Scored(string location, string contact, int? score, DateTimeOffset? at = null) => new()
    {
        LocationId = location, ContactId = contact, Score = score, Model = "rules-1", At = at ?? Now,
        Reasons = score is null ? [] : [new ScoreReason("questions_answered", 31), new ScoreReason("objections", -3)],
    };

    public static OptOutRecorded OptOut(string location, string contact) => new() { LocationId = location, ContactId = contact, OptedOut = true, At = Now };

    /// <summary>One of every kind.</summary>
    public static IReadOnlyList<object> OneOfEach(string location) =>
    [
        Inbound(location, "c1"), Turn(location, "c1"), Reply(location, "c1", ReplyState.Sent), Scored(location, "c1", 60), OptOut(location, "c1"),
        new CrmActionSettled { ActionId = "a1", LocationId = location, ContactId = "c1", Action = "add_tags", State = "done", At = Now },
        new OutboundMessageObserved { EventId = "o1", Seq = 2, LocationId = location, ConversationId = "conversation-c1", ContactId = "c1", Channel = "SMS", Text = "Hi", ByHuman = true, SentAt = Now },
        new ContactChanged { EventId = "k1", LocationId = location, ContactId = "c1", Change = "updated", At = Now },
        new CrmRecordChanged { EventId = "r1", LocationId = location, Kind = "appointment", Change = "created", At = Now },
        new LocationLifecycleChanged { LocationId = location, Change = "installed", Name = $"Agency {location}", At = Now },
        new AlertRaised { LocationId = location, Kind = "missed_messages", Count = 3, At = Now },
    ];
}
