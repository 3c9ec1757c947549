using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

/// <summary>One thing that follows from a webhook; <c>Effects</c> says what is done for each.</summary>
internal interface IMeaning;

/// <summary>A lead wrote.</summary>
internal sealed record InboundText : IMeaning
{
    public required string ConversationId { get; init; }

    public required string ContactId { get; init; }

    public string? MessageId { get; init; }

    public required string Channel { get; init; }

    public required string Text { get; init; }

    public int Attachments { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The lead asks us to stop.</summary>
    public bool IsOptOut { get; init; }

    /// <summary>The lead asks us to start again.</summary>
    public bool IsOptIn { get; init; }
}

/// <summary>Something went out to the lead: ours, a person's or an automation's.</summary>
internal sealed record OutboundText : IMeaning
{
    public required string ConversationId { get; init; }

    public required string ContactId { get; init; }

    public string? MessageId { get; init; }

    public required string Channel { get; init; }

    public required string Text { get; init; }

    /// <summary>Sent through the API: our own echo.</summary>
    public required bool ByApi { get; init; }

    /// <summary>A user is named and nothing says that software sent it.</summary>
    public required bool ByUser { get; init; }

    /// <summary>HighLevel says outright that it was typed in its app.</summary>
    public required bool InApp { get; init; }

    /// <summary>The carrier refused it; the lead never saw it.</summary>
    public required bool Failed { get; init; }

    public DateTimeOffset? SentAt { get; init; }
}

/// <summary>The contact's state, as far as the event tells it.</summary>
/// <param name="ContactId">Contact.</param>
/// <param name="Change">Word of the contract: created, updated, tags, dnd.</param>
/// <param name="Contact">The payload; what it leaves out stays as it is.</param>
internal sealed record ContactState(string ContactId, string Change, GhlPayload Contact) : IMeaning;

/// <summary>The contact was deleted.</summary>
internal sealed record ContactGone(string ContactId) : IMeaning;

/// <summary>Something else of the CRM changed.</summary>
internal sealed record RecordChange(string Kind, string Change, string? RecordId, IReadOnlyDictionary<string, string> Facts) : IMeaning
{
    public DateTimeOffset? At { get; init; }
}

/// <summary>The app was installed in a location.</summary>
internal sealed record Installed(string? Name) : IMeaning;

/// <summary>The app was taken out of a location, or of every location of an agency.</summary>
internal sealed record Uninstalled(string? CompanyId) : IMeaning;
