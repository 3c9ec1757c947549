namespace EnterpriseHub.Contracts.Contacts;

/// <summary>What the gateway's mirror knows of a contact. A cached document: its shape is a contract (version 1).</summary>
public sealed record ContactSnapshot
{
    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>False when GHL could not be asked: nothing below may be trusted, and nothing may be sent.</summary>
    public required bool Known { get; init; }

    /// <summary>First name; null when GHL has none.</summary>
    public string? FirstName { get; init; }

    /// <summary>Every tag of the contact.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Do-not-disturb for all channels.</summary>
    public bool Dnd { get; init; }

    /// <summary>Channels with do-not-disturb, e.g. SMS.</summary>
    public IReadOnlyList<string> DndChannels { get; init; } = [];

    /// <summary>IANA zone of the contact; null when GHL has none.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Custom field id to value.</summary>
    public IReadOnlyDictionary<string, string> CustomFields { get; init; } = new Dictionary<string, string>();

    /// <summary>When GHL was last asked or told us, UTC.</summary>
    public DateTimeOffset AsOf { get; init; }
}
