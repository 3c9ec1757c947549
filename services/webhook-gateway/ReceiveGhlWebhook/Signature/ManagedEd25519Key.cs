using Org.BouncyCastle.Math.EC.Rfc8032;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Signature;

/// <summary>Ed25519 in managed code, for machines without OpenSSL 3.</summary>
internal sealed class ManagedEd25519Key(byte[] publicKey) : IVerifyingKey
{
    public int SignatureLength => 64;

    public bool Verifies(byte[] message, byte[] signature) => Ed25519.Verify(signature, 0, publicKey, 0, message, 0, message.Length);
}
