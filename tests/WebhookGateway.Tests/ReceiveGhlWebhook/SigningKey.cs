using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

/// <summary>A key of our own in HighLevel's place.</summary>
internal sealed class SigningKey
{
    private readonly Ed25519PrivateKeyParameters _key;

    public SigningKey(byte[] seed) => _key = new Ed25519PrivateKeyParameters(seed, 0);

    public static SigningKey Test { get; } = new([.. Enumerable.Range(1, 32).Select(number => (byte)number)]);

    public byte[] Public => _key.GeneratePublicKey().GetEncoded();

    public string Spki => Convert.ToBase64String([.. Convert.FromHexString("302a300506032b6570032100"), .. Public]);

    public byte[] Sign(byte[] body)
    {
        var signer = new Ed25519Signer();
        signer.Init(true, _key);
        signer.BlockUpdate(body, 0, body.Length);
        return signer.GenerateSignature();
    }

    public string SignBase64(byte[] body) => Convert.ToBase64String(Sign(body));
}
