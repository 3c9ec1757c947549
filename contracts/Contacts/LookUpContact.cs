namespace EnterpriseHub.Contracts.Contacts;

/// <summary>Request: what is known of a contact, at most a minute old. Answered with <see cref="ContactSnapshot"/>.</summary>
public sealed record LookUpContact
{
    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }
}
