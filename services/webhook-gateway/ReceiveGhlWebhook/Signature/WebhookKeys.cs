using System.Security.Cryptography;
using EnterpriseHub.Platform.Hosting;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Signature;

/// <summary>The keys of this process, read once at start; a wrong one stops it.</summary>
/// <param name="Ed25519">Never empty.</param>
/// <param name="Rsa">Empty: the old header is refused.</param>
internal sealed record WebhookKeys(IReadOnlyList<IVerifyingKey> Ed25519, IReadOnlyList<IVerifyingKey> Rsa)
{
    private const string Section = "Ghl:WebhookKeys";
    private const string Allowed = "PEM text, base64 of the SPKI, or the path of a PEM file";

    // AlgorithmIdentifier 1.3.101.112 and the bit string's head: every Ed25519 SPKI starts so.
    private static readonly byte[] Ed25519Head = Convert.FromHexString("302a300506032b6570032100");

    /// <exception cref="SettingException">A key cannot be read; names it.</exception>
    public static WebhookKeys Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<WebhookKeysOptions>() ?? new WebhookKeysOptions();
        var ed25519 = Parse("Ed25519", options.Ed25519, Ed25519Of);
        return new WebhookKeys(
            ed25519.Count > 0 ? ed25519 : [Ed25519Of(Convert.FromBase64String(WebhookKeysOptions.HighLevelEd25519))],
            Parse("Rsa", options.Rsa, RsaOf));
    }

    /// <summary>The native implementation where it can be loaded, the managed one elsewhere.</summary>
    public static IVerifyingKey FromRaw(byte[] publicKey) =>
        LibcryptoEd25519Key.IsAvailable ? new LibcryptoEd25519Key(publicKey) : new ManagedEd25519Key(publicKey);

    private static List<IVerifyingKey> Parse(string algorithm, IReadOnlyList<string?> values, Func<byte[], IVerifyingKey> make)
    {
        var keys = new List<IVerifyingKey>();
        for (var index = 0; index < values.Count; index++)
        {
            // Compose files pass unset variables as empty text.
            if (string.IsNullOrWhiteSpace(values[index]))
            {
                continue;
            }
            try
            {
                keys.Add(make(Spki(values[index]!.Trim())));
            }
            catch (Exception wrong) when (wrong is FormatException or CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
            {
                throw new SettingException($"{Section}:{algorithm}:{index}", Shorten(values[index]!), $"{Allowed}, of an {algorithm} public key");
            }
        }
        return keys;
    }

    private static byte[] Spki(string value)
    {
        if (!value.Contains("-----BEGIN", StringComparison.Ordinal) && File.Exists(value))
        {
            value = File.ReadAllText(value);
        }
        if (!value.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            return Convert.FromBase64String(value);
        }
        // Environment files cannot hold line breaks; there they are written as \n.
        value = value.Replace("\\n", "\n", StringComparison.Ordinal);
        var fields = PemEncoding.Find(value);
        return value.AsSpan()[fields.Label] is "PUBLIC KEY"
            ? Convert.FromBase64String(value[fields.Base64Data])
            : throw new FormatException("Not a public key.");
    }

    private static IVerifyingKey Ed25519Of(byte[] spki) =>
        spki.Length == Ed25519Head.Length + 32 && spki.AsSpan().StartsWith(Ed25519Head)
            ? FromRaw(spki[Ed25519Head.Length..])
            : throw new FormatException("Not an Ed25519 key.");

    private static RsaKey RsaOf(byte[] spki)
    {
        var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(spki, out _);
        return rsa.KeySize >= 2048 ? new RsaKey(rsa) : throw new FormatException("An RSA key needs 2048 bits.");
    }

    private static string Shorten(string value) => value.Length <= 40 ? value : value[..40] + "…";
}
