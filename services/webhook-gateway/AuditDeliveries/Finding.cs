namespace EnterpriseHub.WebhookGateway.AuditDeliveries;

/// <summary>One difference between GHL's list and the send ledger.</summary>
/// <param name="Kind"><c>twin</c>, <c>orphan</c> or <c>missing</c>.</param>
/// <param name="ContactId">GHL contact.</param>
/// <param name="ConversationId">GHL conversation.</param>
/// <param name="TurnId">The turn whose reply it is about; null for an orphan.</param>
/// <param name="MessageId">GHL's message; null where the ledger has none.</param>
/// <param name="At">When it was sent, Unix milliseconds.</param>
internal sealed record Finding(string Kind, string ContactId, string ConversationId, string? TurnId, string? MessageId, long At)
{
    /// <summary>GHL has a second message of one reply.</summary>
    public const string Twin = "twin";

    /// <summary>GHL has a message that was sent through the API and that no reply claims.</summary>
    public const string Orphan = "orphan";

    /// <summary>The ledger says sent, GHL does not list it.</summary>
    public const string Missing = "missing";

    public static Finding Of(string kind, LedgerRow row, string? messageId, DateTimeOffset at) =>
        new(kind, row.ContactId, row.ConversationId, row.TurnId, messageId, at.ToUnixTimeMilliseconds());
}
