using System.Security.Cryptography;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Platform.Security;

/// <summary>The key that seals, and those that can still open; read from settings or a file.</summary>
internal static class MasterKeys
{
    public const int Length = 32;
    private const string Setting = "Security:MasterKey";
    private const string Allowed = "32 random bytes in base64 (openssl rand -base64 32), or Security:MasterKeyFile that names a file with them";

    /// <summary>The current key first.</summary>
    /// <exception cref="SettingException">There is none, or one is no key.</exception>
    public static IReadOnlyList<byte[]> Read(MasterKeyOptions options, StoreOptions store) =>
    [
        Decode(Setting, string.IsNullOrWhiteSpace(options.MasterKey) ? ReadFile(options, store) : options.MasterKey),
        .. options.OldMasterKeys.Select((text, index) => Decode($"Security:OldMasterKeys:{index}", text)),
    ];

    private static string ReadFile(MasterKeyOptions options, StoreOptions store)
    {
        var path = options switch
        {
            { MasterKeyFile: { Length: > 0 } named } => named,
            { CreateMasterKey: true } => Path.Combine(store.Directory, "master.key"),
            _ => throw new SettingException(Setting, null, Allowed),
        };
        if (options.CreateMasterKey && !File.Exists(path))
        {
            Create(path);
        }
        return File.Exists(path) ? File.ReadAllText(path) : throw new SettingException("Security:MasterKeyFile", path, "a file that exists");
    }

    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using var file = new StreamWriter(path, how);
        file.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)));
    }

    private static byte[] Decode(string setting, string text)
    {
        var key = new byte[Length + 1];
        return Convert.TryFromBase64String(text.Trim(), key, out var written) && written == Length
            ? key[..Length]
            : throw new SettingException(setting, "(not shown)", Allowed);
    }
}
