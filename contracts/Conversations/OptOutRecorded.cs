namespace EnterpriseHub.Contracts.Conversations;

/// <summary>Event: a contact asked to stop (or to start again). The gateway already acts on it.</summary>
public sealed record OptOutRecorded
{
    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>True: no message may be sent any more. False: the contact opted in again.</summary>
    public required bool OptedOut { get; init; }

    /// <summary>When it took effect, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
