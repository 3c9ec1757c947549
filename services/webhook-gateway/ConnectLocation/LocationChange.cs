namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>A checked request: the settings after the change, and the two secrets that are never read back.</summary>
/// <param name="Document">Settings with the change in them.</param>
/// <param name="AccessToken">The static token.</param>
/// <param name="WorkflowSecret">The secret of the workflow route.</param>
internal sealed record LocationChange(LocationDocument Document, SecretChange AccessToken, SecretChange WorkflowSecret);

/// <summary>A secret that a request may leave alone, take away or set.</summary>
/// <param name="IsGiven">False: leave alone.</param>
/// <param name="Value">Null: take away.</param>
internal readonly record struct SecretChange(bool IsGiven, string? Value);
