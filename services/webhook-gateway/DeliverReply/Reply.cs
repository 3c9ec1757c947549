namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>Key of a reply in the send ledger.</summary>
internal readonly record struct ReplyKey(string TurnId, long Part);

/// <summary>A row of the send ledger; times are Unix milliseconds of the store's clock.</summary>
internal record Reply
{
    public required string TurnId { get; init; }

    public required long Part { get; init; }

    public required string LocationId { get; init; }

    public required string ConversationId { get; init; }

    public required string ContactId { get; init; }

    public required string Channel { get; init; }

    public required string Body { get; init; }

    public required string BodyHash { get; init; }

    public required long AnswersUpToSeq { get; init; }

    public required long Epoch { get; init; }

    /// <summary>Ids of earlier turns that it takes as said, separated by spaces.</summary>
    public required string Follows { get; init; }

    public required string State { get; init; }

    public string? Reason { get; init; }

    public required long BlindPosts { get; init; }

    public required long Reads { get; init; }

    public required long ReceivedAt { get; init; }

    public required long DecidedAt { get; init; }

    public required long SendStartedAt { get; init; }

    public required long BlockedSince { get; init; }

    /// <summary>See <see cref="DueReply.CommandedAt"/>; not stored.</summary>
    public DateTimeOffset? CommandedAt { get; init; }

    /// <summary>The store's clock at the read.</summary>
    public required long Now { get; init; }

    public ReplyKey Key => new(TurnId, Part);

    /// <summary>For logs: the id alone, never the text.</summary>
    public sealed override string ToString() => TurnId;

    public const string Columns = "turn_id, part, location_id, conversation_id, contact_id, channel, body, body_hash, answers_up_to_seq, epoch, follows, "
        + "state, reason, blind_posts, reads, received_at, decided_at, send_started_at, blocked_since, now_ms() AS now";
}

/// <summary>States of the send ledger.</summary>
internal static class ReplyStates
{
    public const string Planned = "planned";
    public const string Sending = "sending";
    public const string Sent = "sent";
    public const string Unknown = "unknown";
    public const string Failed = "failed";
    public const string Superseded = "superseded";
    public const string Suppressed = "suppressed";
    public const string Held = "held";
}
