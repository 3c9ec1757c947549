using System.Security.Cryptography;
using System.Text;

namespace EnterpriseHub.Platform.Security;

/// <summary>Seals secrets (GHL tokens) before they are stored: AES-256-GCM under the master key.</summary>
public sealed class SecretBox
{
    private readonly byte[] _key;

    internal SecretBox(byte[] key) => _key = key;

    /// <summary>Seals a text for one place, e.g. <c>location_id/access_token</c>.</summary>
    public byte[] Seal(string plain, string context)
    {
        var text = Encoding.UTF8.GetBytes(plain);
        var box = new byte[28 + text.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, 12));
        using var aes = new AesGcm(_key, 16);
        aes.Encrypt(box.AsSpan(0, 12), text, box.AsSpan(28), box.AsSpan(12, 16), Encoding.UTF8.GetBytes(context));
        return box;
    }

    /// <summary>Opens what <see cref="Seal"/> made.</summary>
    /// <exception cref="CryptographicException">Changed or moved.</exception>
    public string Open(byte[] sealedBytes, string context)
    {
        var text = new byte[sealedBytes.Length - 28];
        using var aes = new AesGcm(_key, 16);
        aes.Decrypt(sealedBytes.AsSpan(0, 12), sealedBytes.AsSpan(28), sealedBytes.AsSpan(12, 16), text, Encoding.UTF8.GetBytes(context));
        return Encoding.UTF8.GetString(text);
    }
}
