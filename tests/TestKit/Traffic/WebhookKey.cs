using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace EnterpriseHub.TestKit.Traffic;

/// <summary>An Ed25519 key pair that plays HighLevel's.</summary>
public sealed class WebhookKey
{
    private readonly Ed25519PrivateKeyParameters _private;

    private WebhookKey(Ed25519PrivateKeyParameters key) => _private = key;

    /// <summary>The public half, base64 SPKI: a value for <c>Ghl:WebhookKeys:Ed25519:0</c>.</summary>
    public string PublicKey => Convert.ToBase64String(SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(_private.GeneratePublicKey()).GetDerEncoded());

    /// <summary>A fresh pair.</summary>
    public static WebhookKey Create()
    {
        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        return new WebhookKey((Ed25519PrivateKeyParameters)generator.GenerateKeyPair().Private);
    }

    /// <summary>The pair whose private half lies in a PEM file (PKCS 8).</summary>
    public static WebhookKey Read(string file)
    {
        using var text = File.OpenText(file);
        return new WebhookKey((Ed25519PrivateKeyParameters)new PemReader(text).ReadObject());
    }

    /// <summary>Value of the header <c>X-GHL-Signature</c> for these bytes.</summary>
    public string Sign(byte[] body)
    {
        var signer = new Ed25519Signer();
        signer.Init(true, _private);
        signer.BlockUpdate(body, 0, body.Length);
        return Convert.ToBase64String(signer.GenerateSignature());
    }
}
