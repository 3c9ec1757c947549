using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Conversations;

namespace EnterpriseHub.Scoring.Tests;

/// <summary>Messages as the other modules send them.</summary>
internal static class Facts
{
    public static readonly DateTimeOffset At = TimeProvider.System.GetUtcNow();

    public static InboundMessageAccepted Inbound(string contact, long seq = 1, string location = "loc1", DateTimeOffset? at = null) => new()
    {
        EventId = $"event-{seq}-{contact}", Seq = seq, LocationId = location, ConversationId = $"conversation-{contact}", ContactId = contact,
        Channel = "SMS", Text = "I want to sell", SentAt = at ?? At, ReceivedAt = at ?? At, AcceptedAt = at ?? At,
        Location = new LocationProfile
        {
            Name = "Alta Loma", TimeZone = "America/Los_Angeles", Tone = "friendly", SettleWindow = TimeSpan.Zero, DailyBudgetUsd = 5,
            Activation = new ActivationRules { Default = "on", OnTags = [], OffTags = [], SellerTags = [], BuyerTags = [] },
        },
    };

    public static TurnDecided Turn(string contact, long seq, string temperature, params string[] answered) => new()
    {
        TurnId = $"turn-{seq}-{contact}", LocationId = "loc1", ConversationId = $"conversation-{contact}", ContactId = contact, AnswersUpToSeq = seq,
        Decision = "send", Reason = "answered", Mode = "seller", Temperature = temperature,
        Qualification = answered.ToDictionary(field => field, _ => "true"), ReceivedAt = At, DecidedAt = At,
    };

    public static OptOutRecorded OptOut(string contact, bool optedOut, DateTimeOffset at) =>
        new() { LocationId = "loc1", ContactId = contact, OptedOut = optedOut, At = at };

    public static ContactChanged Contact(string contact, string change, bool dnd = false) => new()
    {
        EventId = $"contact-{contact}-{change}", LocationId = "loc1", ContactId = contact, Change = change, At = At,
        Contact = change == "deleted" ? null : new ContactSnapshot { LocationId = "loc1", ContactId = contact, Known = true, Dnd = dnd, AsOf = At },
    };
}
