using System.Security.Cryptography;
using System.Text;

namespace EnterpriseHub.Platform.Security;

/// <summary>Seals secrets (GHL tokens) before they are stored: AES-256-GCM under the master key.</summary>
public sealed class SecretBox
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Seals a text.</summary>
    /// <param name="plain">The secret.</param>
    /// <param name="context">Where it is stored, e.g. <c>location_id/access_token</c>; a sealed value moved elsewhere does not open.</param>
    /// <returns>Key id, nonce, tag and ciphertext, to be stored as bytes.</returns>
    public byte[] Seal(string plain, string context)
    {
        var text = Encoding.UTF8.GetBytes(plain);
        var box = new byte[NonceSize + TagSize + text.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(box.AsSpan(0, NonceSize), text, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), Encoding.UTF8.GetBytes(context));
        return box;
    }

    /// <summary>Opens what <see cref="Seal"/> made with any key that is still configured.</summary>
    /// <exception cref="CryptographicException">Changed, moved, or sealed with an unknown key.</exception>
    public string Open(byte[] sealedBytes, string context)
    {
        var text = new byte[sealedBytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        aes.Decrypt(sealedBytes.AsSpan(0, NonceSize), sealedBytes.AsSpan(NonceSize + TagSize), sealedBytes.AsSpan(NonceSize, TagSize), text, Encoding.UTF8.GetBytes(context));
        return Encoding.UTF8.GetString(text);
    }
}
