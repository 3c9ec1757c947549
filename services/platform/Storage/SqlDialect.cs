namespace EnterpriseHub.Platform.Storage;

/// <summary>
/// The few words in which PostgreSQL and SQLite differ. SQL texts are written once and name them in braces:
/// <c>{identity}</c>, <c>{for_update}</c>, <c>{skip_locked}</c>. Both know <c>now_ms()</c>: the store's clock,
/// Unix milliseconds UTC. Times are BIGINT Unix milliseconds, flags are BIGINT 0 or 1, bytes are BYTEA, JSON is TEXT.
/// </summary>
/// <param name="Identity">Column definition of a growing primary key.</param>
/// <param name="ForUpdate">Row lock at the end of a SELECT in a transaction.</param>
/// <param name="SkipLocked">Row lock that passes over rows held by another instance.</param>
public sealed record SqlDialect(string Identity, string ForUpdate, string SkipLocked)
{
    /// <summary>PostgreSQL 15.</summary>
    public static readonly SqlDialect Postgres = new("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "FOR UPDATE", "FOR UPDATE SKIP LOCKED");

    /// <summary>SQLite 3.35; writes are already one at a time, so row locks are empty words.</summary>
    public static readonly SqlDialect Sqlite = new("INTEGER PRIMARY KEY AUTOINCREMENT", "", "");

    /// <summary>Puts this store's words in place of the braces.</summary>
    public string Write(string sql) => sql.Contains('{', StringComparison.Ordinal)
        ? sql.Replace("{identity}", Identity, StringComparison.Ordinal)
            .Replace("{for_update}", ForUpdate, StringComparison.Ordinal)
            .Replace("{skip_locked}", SkipLocked, StringComparison.Ordinal)
        : sql;
}
