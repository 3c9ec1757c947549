using EnterpriseHub.WebhookGateway.DeliverReply;
using EnterpriseHub.WebhookGateway.Storage;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.DeliverReply;

/// <summary>Rows of the send ledger, made without one.</summary>
internal static class Replies
{
    public static readonly DateTimeOffset Started = new(2026, 11, 20, 20, 0, 0, TimeSpan.Zero);

    /// <summary>A reply to contact c1 whose send started at <see cref="Started"/>.</summary>
    public static Reply Make(string text = "Happy to help!", string channel = "SMS") => new()
    {
        TurnId = "turn1",
        Part = 0,
        LocationId = TestLocations.Id,
        ConversationId = "conv1",
        ContactId = "c1",
        Channel = channel,
        Body = text,
        BodyHash = BodyHash.Of(text),
        AnswersUpToSeq = 1,
        Epoch = 1,
        Follows = "",
        State = ReplyStates.Unknown,
        BlindPosts = 1,
        Reads = 0,
        ReceivedAt = Started.AddSeconds(-1).ToUnixTimeMilliseconds(),
        DecidedAt = Started.ToUnixTimeMilliseconds(),
        SendStartedAt = Started.ToUnixTimeMilliseconds(),
        BlockedSince = 0,
        Now = Started.AddSeconds(20).ToUnixTimeMilliseconds(),
    };
}
