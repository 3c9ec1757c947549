namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>A row of <c>location</c> without its token.</summary>
internal sealed record LocationRow
{
    public const string Select =
        """
        SELECT location_id, name, settings, status, workflow_secret_hash, created_at, updated_at,
          CASE WHEN access_token_enc IS NULL THEN 0 ELSE 1 END AS has_access_token,
          (SELECT done_at FROM location_task WHERE location_task.location_id = location.location_id AND task = 'poll') AS polled_at
        FROM location
        """;

    public required string LocationId { get; init; }

    public required string Name { get; init; }

    public required string Settings { get; init; }

    public required string Status { get; init; }

    public string? WorkflowSecretHash { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long HasAccessToken { get; init; }

    public long? PolledAt { get; init; }

    public LocationSettings Settle()
    {
        var document = LocationDocument.Read(Settings);
        return new LocationSettings(LocationId, document.Profile, document.QuietHours, Status == "active") { WorkflowSecretHash = WorkflowSecretHash };
    }
}
