namespace EnterpriseHub.Platform.Security;

/// <summary>Seals secrets (GHL tokens) before they are stored: AES-256-GCM under the master key.</summary>
public sealed class SecretBox
{
    /// <summary>Seals a text.</summary>
    /// <param name="plain">The secret.</param>
    /// <param name="context">Where it is stored, e.g. <c>location_id/access_token</c>; a sealed value moved elsewhere does not open.</param>
    /// <returns>Key id, nonce, tag and ciphertext, to be stored as bytes.</returns>
    public byte[] Seal(string plain, string context) => throw new NotSupportedException(plain + context);

    /// <summary>Opens what <see cref="Seal"/> made with any key that is still configured.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Changed, moved, or sealed with an unknown key.</exception>
    public string Open(byte[] sealedBytes, string context) => throw new NotSupportedException(context + sealedBytes.Length);
}
