namespace EnterpriseHub.Contracts.Crm;

/// <summary>Command: add tags to a contact. Naturally idempotent.</summary>
public sealed record AddTags
{
    /// <summary>Idempotency key: <c>{turnId}:{action}</c>.</summary>
    public required string ActionId { get; init; }

    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>Tags, 1 to 20.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
}

/// <summary>Command: remove tags from a contact. Naturally idempotent.</summary>
public sealed record RemoveTags
{
    /// <summary>Idempotency key: <c>{turnId}:{action}</c>.</summary>
    public required string ActionId { get; init; }

    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>Tags, 1 to 20.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
}

/// <summary>Command: write custom fields of a contact by field id.</summary>
public sealed record SetCustomFields
{
    /// <summary>Idempotency key: <c>{turnId}:{action}</c>.</summary>
    public required string ActionId { get; init; }

    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>Field id to value.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }
}

/// <summary>Command: enrol a contact in a workflow. Not idempotent at GHL: claimed before the call.</summary>
public sealed record EnrollInWorkflow
{
    /// <summary>Idempotency key: <c>{turnId}:{action}</c>.</summary>
    public required string ActionId { get; init; }

    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>GHL workflow.</summary>
    public required string WorkflowId { get; init; }
}

/// <summary>Command: put the contact's opportunity in a stage; made when there is none.</summary>
public sealed record MoveOpportunity
{
    /// <summary>Idempotency key: <c>{turnId}:{action}</c>.</summary>
    public required string ActionId { get; init; }

    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>GHL pipeline.</summary>
    public required string PipelineId { get; init; }

    /// <summary>GHL stage of that pipeline.</summary>
    public required string StageId { get; init; }

    /// <summary>Name of the opportunity when it is made.</summary>
    public required string Name { get; init; }
}
