using System.Security.Cryptography;
using System.Text;

namespace EnterpriseHub.Platform.Security;

/// <summary>The text of a key, <c>ehk_&lt;keyId&gt;_&lt;secret&gt;</c>: its id is public, its secret is 256 random bits.</summary>
internal sealed record KeyText(string KeyId, string Secret)
{
    private const int SecretLength = 64;
    private const int MostIdLength = 32;

    /// <summary>What is stored of the secret. A fast hash is enough: nobody guesses 256 bits.</summary>
    public string SecretHash => HashOf(Secret);

    public static KeyText Create() => new(Random(6), Random(32));

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Lower-case hex of random bytes.</summary>
    public static string Random(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));

    /// <summary>Compares in constant time; hashes of equal length.</summary>
    public static bool Same(string oneHash, string otherHash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(oneHash), Encoding.ASCII.GetBytes(otherHash));

    public static KeyText? Parse(string text) => text.Split('_') is ["ehk", var id, var secret]
        && id.Length is > 0 and <= MostIdLength && id.All(char.IsAsciiLetterOrDigit)
        && secret.Length == SecretLength && secret.All(char.IsAsciiHexDigitLower)
            ? new KeyText(id, secret)
            : null;

    public override string ToString() => $"ehk_{KeyId}_{Secret}";
}
