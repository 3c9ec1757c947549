namespace EnterpriseHub.Contracts.Conversations;

/// <summary>What the conversation needs to know of its location. A cached document: its shape is a contract.</summary>
public sealed record LocationProfile
{
    /// <summary>Name of the agency as leads know it.</summary>
    public required string Name { get; init; }

    /// <summary>IANA time zone of the location, e.g. <c>America/Los_Angeles</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>How replies should sound, in a few words.</summary>
    public required string Tone { get; init; }

    /// <summary>Quiet time after the last message before a burst is answered; zero answers at once.</summary>
    public required TimeSpan SettleWindow { get; init; }

    /// <summary>When the assistant may speak.</summary>
    public required ActivationRules Activation { get; init; }

    /// <summary>Most that may be spent on model calls a day, US dollars.</summary>
    public required decimal DailyBudgetUsd { get; init; }

    /// <summary>Which GHL objects the CRM commands may touch.</summary>
    public CrmMapping Crm { get; init; } = new();
}

/// <summary>When the assistant may speak. Tags compare without case and outer spaces.</summary>
public sealed record ActivationRules
{
    /// <summary><c>on</c>: every contact without an off-tag; <c>off</c>: only contacts with an on-tag and without an off-tag.</summary>
    public required string Default { get; init; }

    /// <summary>Tags that switch the assistant on.</summary>
    public required IReadOnlyList<string> OnTags { get; init; }

    /// <summary>Tags that switch it off, whatever else is there.</summary>
    public required IReadOnlyList<string> OffTags { get; init; }

    /// <summary>Contacts with one of these are sellers.</summary>
    public required IReadOnlyList<string> SellerTags { get; init; }

    /// <summary>Contacts with one of these are buyers; beats the seller tags.</summary>
    public required IReadOnlyList<string> BuyerTags { get; init; }
}

/// <summary>GHL objects of the location by our names. What is not mapped is not written.</summary>
public sealed record CrmMapping
{
    /// <summary>Qualification field (e.g. <c>motivation</c>, <c>budget</c>, <c>temperature</c>) to GHL custom field id.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>Temperature (<c>hot</c>, <c>warm</c>, <c>cold</c>) to the GHL workflow a contact is enrolled in on reaching it.</summary>
    public IReadOnlyDictionary<string, string> Workflows { get; init; } = new Dictionary<string, string>();

    /// <summary>Pipeline of the opportunities; null leaves opportunities alone.</summary>
    public string? PipelineId { get; init; }

    /// <summary>Temperature to pipeline stage id.</summary>
    public IReadOnlyDictionary<string, string> Stages { get; init; } = new Dictionary<string, string>();
}
