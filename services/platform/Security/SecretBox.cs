using System.Security.Cryptography;
using System.Text;
using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Platform.Security;

/// <summary>
/// Seals secrets (GHL tokens) before they are stored: AES-256-GCM under the master key of section <c>Security</c>.
/// A service that is constructed with it makes the start fail when no master key is set.
/// </summary>
public sealed class SecretBox
{
    // version, key id, nonce, tag, ciphertext
    private const byte Version = 1;
    private const int NonceAt = 2;
    private const int NonceLength = 12;
    private const int TagAt = NonceAt + NonceLength;
    private const int TagLength = 16;
    private const int TextAt = TagAt + TagLength;

    private readonly IReadOnlyList<byte[]> _keys;

    internal SecretBox(IReadOnlyList<byte[]> keys) => _keys = keys;

    internal SecretBox(MasterKeyOptions options, StoreOptions store)
        : this(MasterKeys.Read(options, store))
    {
    }

    /// <summary>Seals a text.</summary>
    /// <param name="plain">The secret.</param>
    /// <param name="context">Where it is stored, e.g. <c>location_id/access_token</c>; a sealed value moved elsewhere does not open.</param>
    /// <returns>Version, key id, nonce, tag and ciphertext, to be stored as bytes.</returns>
    public byte[] Seal(string plain, string context)
    {
        var text = Encoding.UTF8.GetBytes(plain);
        var box = new byte[TextAt + text.Length];
        box[0] = Version;
        box[1] = IdOf(_keys[0]);
        RandomNumberGenerator.Fill(box.AsSpan(NonceAt, NonceLength));
        using var aes = new AesGcm(_keys[0], TagLength);
        aes.Encrypt(box.AsSpan(NonceAt, NonceLength), text, box.AsSpan(TextAt), box.AsSpan(TagAt, TagLength), Bind(box, context));
        return box;
    }

    /// <summary>Opens what <see cref="Seal"/> made with any key that is still configured.</summary>
    /// <exception cref="CryptographicException">Changed, moved, or sealed with a key that is not configured any more.</exception>
    public string Open(byte[] sealedBytes, string context)
    {
        if (sealedBytes.Length < TextAt || sealedBytes[0] != Version)
        {
            throw new CryptographicException("This is not a sealed secret.");
        }
        // The id is one byte of a hash: two keys may share it, so each is tried.
        foreach (var key in _keys.Where(key => IdOf(key) == sealedBytes[1]))
        {
            if (TryOpen(key, sealedBytes, context) is { } plain)
            {
                return plain;
            }
        }
        throw new CryptographicException("A sealed secret does not open: it was changed or moved, or its key is not in Security:MasterKey or Security:OldMasterKeys.");
    }

    private static string? TryOpen(byte[] key, byte[] box, string context)
    {
        var text = new byte[box.Length - TextAt];
        using var aes = new AesGcm(key, TagLength);
        try
        {
            aes.Decrypt(box.AsSpan(NonceAt, NonceLength), box.AsSpan(TextAt), box.AsSpan(TagAt, TagLength), text, Bind(box, context));
            return Encoding.UTF8.GetString(text);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Bind(byte[] box, string context) => [box[0], box[1], .. Encoding.UTF8.GetBytes(context)];

    private static byte IdOf(byte[] key) => SHA256.HashData(key)[0];
}
