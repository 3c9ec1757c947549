namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>A token that may be used now, or why there is none (snake_case).</summary>
internal sealed record TokensAnswer(string? Value, string Reason)
{
    public static TokensAnswer Not(string reason) => new(null, reason);
}

/// <summary>An OAuth pair as stored. An agency's own pair has the id <c>company:{companyId}</c>.</summary>
internal sealed record TokensRow
{
    public required string LocationId { get; init; }

    public string? CompanyId { get; init; }

    public required byte[] AccessTokenEnc { get; init; }

    public required byte[] RefreshTokenEnc { get; init; }

    public required long ExpiresAt { get; init; }

    public required long Version { get; init; }

    public required long RefreshLeaseUntil { get; init; }

    public required long NeedsReconnect { get; init; }

    public required long UpdatedAt { get; init; }

    /// <summary>The store's clock at the read.</summary>
    public required long Now { get; init; }

    public bool OfCompany => LocationId.StartsWith(CompanyPrefix, StringComparison.Ordinal);

    public const string CompanyPrefix = "company:";
}
