using EnterpriseHub.Contracts.Conversations;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>A reply whose time has come.</summary>
internal sealed record DueReply
{
    public required string TurnId { get; init; }

    public required long Part { get; init; }

    public required string LocationId { get; init; }

    public required string ContactId { get; init; }

    /// <summary>When the orchestrator handed the command to the bus; null when a sweep found the reply.</summary>
    public DateTimeOffset? CommandedAt { get; init; }

    public ReplyKey Key => new(TurnId, Part);

    public static DueReply Of(SendReply command) => new()
    {
        TurnId = command.TurnId,
        Part = 0,
        LocationId = command.LocationId,
        ContactId = command.ContactId,
    };
}
