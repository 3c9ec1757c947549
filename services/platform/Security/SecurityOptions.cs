using System.ComponentModel.DataAnnotations;

namespace EnterpriseHub.Platform.Security;

/// <summary>The first way in; section <c>Admin</c>.</summary>
public sealed class AdminOptions
{
    /// <summary>Bootstrap admin key, any text. It is not stored: take the setting away and it no longer works.</summary>
    /// <value>No default (no bootstrap key); at least 16 characters.</value>
    public string? ApiKey { get; init; }

    /// <summary>Makes an admin key at the first start, if there is none, and prints it once.</summary>
    /// <value>Default false; true in standalone.</value>
    public bool GenerateKey { get; init; }

    /// <summary>How long a log-in lasts, hours.</summary>
    /// <value>Default 12; 1 to 720.</value>
    [Range(1, 720, ErrorMessage = "Admin:SessionHours must be 1 to 720.")]
    public int SessionHours { get; init; } = 12;
}

/// <summary>How often a caller may call; section <c>RateLimit</c>. Counted in each process: three instances allow three times as much.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Requests a key may make in a minute; webhooks and other anonymous endpoints do not count.</summary>
    /// <value>Default 1000; 1 to 1 000 000.</value>
    [Range(1, 1_000_000, ErrorMessage = "RateLimit:PerMinute must be 1 to 1000000.")]
    public int PerMinute { get; init; } = 1000;

    /// <summary>Log-in attempts an address may make in a minute.</summary>
    /// <value>Default 10; 1 to 10 000.</value>
    [Range(1, 10_000, ErrorMessage = "RateLimit:LoginsPerMinute must be 1 to 10000.")]
    public int LoginsPerMinute { get; init; } = 10;
}

/// <summary>Keys that seal secrets at rest; section <c>Security</c>.</summary>
public sealed class MasterKeyOptions
{
    /// <summary>Master key: 32 random bytes in base64, e.g. <c>openssl rand -base64 32</c>.</summary>
    /// <value>No default; this or <see cref="MasterKeyFile"/> is required where secrets are stored.</value>
    public string? MasterKey { get; init; }

    /// <summary>File that holds the master key in base64.</summary>
    /// <value>No default; with <see cref="CreateMasterKey"/> it is <c>master.key</c> in <c>Store:Directory</c>.</value>
    public string? MasterKeyFile { get; init; }

    /// <summary>Makes the file with a fresh key (mode 0600) if it is missing. Only for a single process with an embedded store.</summary>
    /// <value>Default false; true in standalone.</value>
    public bool CreateMasterKey { get; init; }

    /// <summary>Earlier master keys in base64: what they sealed can still be read. Rotation: the new key in <see cref="MasterKey"/>, the old one here.</summary>
    /// <value>Default none.</value>
    public IReadOnlyList<string> OldMasterKeys { get; init; } = [];
}
