using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace EnterpriseHub.Simulator.Leads;

/// <summary>The Ed25519 key that signs generated webhooks.</summary>
internal sealed class WebhookKey(byte[] seed)
{
    private static readonly byte[] Pkcs8Head = Convert.FromHexString("302e020100300506032b657004220420");
    private static readonly byte[] SpkiHead = Convert.FromHexString("302a300506032b6570032100");
    private readonly Ed25519PrivateKeyParameters key = new(seed, 0);

    public string PublicPem => PemEncoding.WriteString("PUBLIC KEY", [.. SpkiHead, .. key.GeneratePublicKey().GetEncoded()]);

    /// <summary>Base64 of the signature over exactly these bytes.</summary>
    public string Sign(byte[] body)
    {
        var signer = new Ed25519Signer();
        signer.Init(true, key);
        signer.BlockUpdate(body, 0, body.Length);
        return Convert.ToBase64String(signer.GenerateSignature());
    }

    /// <summary>Reads the key file, or makes it with mode 0600; the public key lies beside it as <c>.pub</c>.</summary>
    /// <exception cref="Platform.Hosting.SettingException">The file is no Ed25519 key, or cannot be made.</exception>
    public static WebhookKey LoadOrCreate(string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            var key = new WebhookKey(Read(File.Exists(file) ? File.ReadAllText(file) : Create(file)));
            if (!File.Exists(file + ".pub"))
            {
                // Moved into place whole: another process may be about to read it.
                var made = $"{file}.pub.{Environment.ProcessId}";
                File.WriteAllText(made, key.PublicPem + "\n");
                File.Move(made, file + ".pub", overwrite: true);
            }
            return key;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            throw new Platform.Hosting.SettingException("Simulator:WebhookKeyFile", file, "a writable path, or a PEM file with a PKCS#8 Ed25519 private key");
        }
    }

    private static string Create(string file)
    {
        var pem = PemEncoding.WriteString("PRIVATE KEY", [.. Pkcs8Head, .. RandomNumberGenerator.GetBytes(32)]) + "\n";
        var made = $"{file}.{Environment.ProcessId}";
        var how = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (var stream = new FileStream(made, how))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(pem));
        }
        try
        {
            File.Move(made, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process was first; its key counts.
            File.Delete(made);
        }
        return File.ReadAllText(file);
    }

    private static byte[] Read(string pem)
    {
        var fields = PemEncoding.Find(pem);
        var der = Convert.FromBase64String(pem[fields.Base64Data]);
        return pem[fields.Label] == "PRIVATE KEY" && der.Length == Pkcs8Head.Length + 32 && der.AsSpan().StartsWith(Pkcs8Head)
            ? der[Pkcs8Head.Length..]
            : throw new FormatException("Not an Ed25519 private key.");
    }
}
