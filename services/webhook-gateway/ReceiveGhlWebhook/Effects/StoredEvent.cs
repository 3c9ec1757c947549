using EnterpriseHub.WebhookGateway.ConnectLocation;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Effects;

/// <summary>The row of an event, for what follows from it.</summary>
internal sealed record StoredEvent
{
    public required string EventId { get; init; }

    public required long Seq { get; init; }

    public required string LocationId { get; init; }

    public string? ContactId { get; init; }

    /// <summary>Null for an event of a whole agency and for a location that is just being installed.</summary>
    public required LocationSettings? Location { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When it happened: HighLevel's clock where it says so and is not ahead of ours.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Too old to be answered.</summary>
    public required bool IsLate { get; init; }

    /// <summary>A time that HighLevel gave, never in the future.</summary>
    public DateTimeOffset Past(DateTimeOffset? time) => time is { } given && given < AcceptedAt ? given : AcceptedAt;
}
