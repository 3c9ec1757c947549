using System.Security.Cryptography;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Signature;

/// <summary>HighLevel's older signature: RSA, PKCS#1 v1.5, SHA-256. Used only where a key is set.</summary>
internal sealed class RsaKey(RSA key) : IVerifyingKey
{
    public int SignatureLength => key.KeySize / 8;

    public bool Verifies(byte[] message, byte[] signature) =>
        key.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
