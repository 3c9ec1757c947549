namespace EnterpriseHub.WebhookGateway.PerformCrmActions;

/// <summary>A row of the CRM action table; times are Unix milliseconds of the store's clock.</summary>
internal sealed record CrmAction
{
    public required string ActionId { get; init; }

    public required string LocationId { get; init; }

    public required string ContactId { get; init; }

    public required string Action { get; init; }

    /// <summary>The command as JSON.</summary>
    public required string Command { get; init; }

    public required string State { get; init; }

    public required long Attempts { get; init; }

    /// <summary>For logs: the id alone; a command may hold what a lead said.</summary>
    public override string ToString() => ActionId;
}

/// <summary>Names of the actions, as in <c>CrmActionSettled.Action</c>.</summary>
internal static class CrmActionNames
{
    public const string AddTags = "add_tags";
    public const string RemoveTags = "remove_tags";
    public const string SetCustomFields = "set_custom_fields";
    public const string EnrollInWorkflow = "enroll_in_workflow";
    public const string MoveOpportunity = "move_opportunity";
}
