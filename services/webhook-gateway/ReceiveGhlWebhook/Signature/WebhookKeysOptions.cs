namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Signature;

/// <summary>Public keys that sign webhooks; section <c>Ghl:WebhookKeys</c>. A value is PEM text, base64 of the SPKI, or the path of a PEM file.</summary>
internal sealed class WebhookKeysOptions
{
    /// <summary>Keys of <c>X-GHL-Signature</c>; any of them may have signed, so that keys can be rotated.</summary>
    /// <value>Default: HighLevel's published key. Setting any key replaces it.</value>
    public IReadOnlyList<string?> Ed25519 { get; init; } = [];

    /// <summary>Keys of the deprecated <c>X-WH-Signature</c>.</summary>
    /// <value>Default: none, which refuses that header.</value>
    public IReadOnlyList<string?> Rsa { get; init; } = [];

    /// <summary>Published in HighLevel's webhook integration guide.</summary>
    public const string HighLevelEd25519 = "MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=";
}
