namespace EnterpriseHub.Contracts.Operations;

/// <summary>Event: a location was installed, uninstalled, configured, or lost its token.</summary>
public sealed record LocationLifecycleChanged
{
    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary><c>installed</c>, <c>uninstalled</c>, <c>configured</c>, <c>needs_reconnect</c>, <c>connected</c>.</summary>
    public required string Change { get; init; }

    /// <summary>Name of the location; null when not known.</summary>
    public string? Name { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
