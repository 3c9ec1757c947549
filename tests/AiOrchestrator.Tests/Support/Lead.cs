using EnterpriseHub.AiOrchestrator.Qualification;
using EnterpriseHub.AiOrchestrator.ReplyToMessage;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Conversations;
using MassTransit;

namespace EnterpriseHub.AiOrchestrator.Tests.Support;

/// <summary>Messages and facts of a made-up lead.</summary>
internal static class Lead
{
    private static long _seq = 100;

    public static LocationProfile Profile(TimeSpan? settle = null, string @default = "off", decimal budget = 5, CrmMapping? crm = null) => new()
    {
        Name = "Alta Loma", TimeZone = "America/Los_Angeles", Tone = "friendly, direct", SettleWindow = settle ?? TimeSpan.Zero, DailyBudgetUsd = budget,
        Activation = new ActivationRules
        {
            Default = @default, OnTags = ["Needs Qualifying"], OffTags = ["AI-Off", "Stop-Bot"], SellerTags = ["Seller-Lead"], BuyerTags = ["Buyer-Lead"],
        },
        Crm = crm ?? new CrmMapping(),
    };

    public static InboundMessageAccepted Says(
        string text, LocationProfile? profile = null, long? seq = null, string conversation = "conv1", string contact = "contact1", string channel = "SMS")
    {
        var now = TimeProvider.System.GetUtcNow();
        return new InboundMessageAccepted
        {
            EventId = NewId.NextGuid().ToString(), Seq = seq ?? Interlocked.Increment(ref _seq), LocationId = "loc1", ConversationId = conversation,
            ContactId = contact, Channel = channel, Text = text, SentAt = now, ReceivedAt = now, AcceptedAt = now, Location = profile ?? Profile(),
        };
    }

    public static ContactSnapshot Contact(params string[] tags) => GatewayState.Known("loc1", "contact1", tags);

    public static Turn Turn(string text = "Hello", string channel = "SMS", LocationProfile? profile = null) => new()
    {
        Key = new ConversationKey("loc1", "conv1"), ContactId = "contact1", Channel = channel, Profile = profile ?? Profile(),
        Unanswered = [new Said { EventId = "e1", Direction = "lead", Text = text, Seq = 1 }],
    };

    public static QualificationState Knows(params (string Field, string Value)[] fields) =>
        QualificationState.Unknown.With(fields.Select(field => KeyValuePair.Create(field.Field, field.Value)));
}
