namespace EnterpriseHub.Contracts.Contacts;

/// <summary>Event: the mirror of a contact changed (created, updated, tags, DND, deleted).</summary>
public sealed record ContactChanged
{
    /// <summary>Id of the stored event, or of the refresh that found the change.</summary>
    public required string EventId { get; init; }

    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }

    /// <summary><c>created</c>, <c>updated</c>, <c>tags</c>, <c>dnd</c>, <c>deleted</c> or <c>refreshed</c>.</summary>
    public required string Change { get; init; }

    /// <summary>The contact after the change; null when it was deleted.</summary>
    public ContactSnapshot? Contact { get; init; }

    /// <summary>When it changed, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
