namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Signature;

/// <summary>A public key that can say whether a signature belongs to some bytes. Safe for concurrent use.</summary>
internal interface IVerifyingKey
{
    /// <summary>Exact length of a signature in bytes.</summary>
    int SignatureLength { get; }

    bool Verifies(byte[] message, byte[] signature);
}
