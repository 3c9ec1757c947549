namespace EnterpriseHub.Contracts.Crm;

/// <summary>Event: a CRM command reached its end.</summary>
public sealed record CrmActionSettled
{
    /// <summary>The command's idempotency key.</summary>
    public required string ActionId { get; init; }

    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }

    /// <summary><c>add_tags</c>, <c>remove_tags</c>, <c>set_custom_fields</c>, <c>enroll_in_workflow</c>, <c>move_opportunity</c>.</summary>
    public required string Action { get; init; }

    /// <summary><c>done</c>, <c>failed</c> or <c>held</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it failed, in snake_case; null when done.</summary>
    public string? Reason { get; init; }

    /// <summary>When it settled, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
