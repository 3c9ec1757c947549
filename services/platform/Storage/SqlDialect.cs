using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace EnterpriseHub.Platform.Storage;

/// <summary>
/// The few words in which PostgreSQL and SQLite differ. SQL texts are written once and name them in braces:
/// <c>{identity}</c>, <c>{for_update}</c>, <c>{skip_locked}</c>. Both know <c>now_ms()</c>: the store's clock,
/// Unix milliseconds UTC. Times are BIGINT Unix milliseconds, flags are BIGINT 0 or 1, bytes are BYTEA, JSON is TEXT.
/// <c>x IN @list</c> and <c>x NOT IN @list</c> take a list or an array.
/// </summary>
/// <param name="Identity">Column definition of a growing primary key.</param>
/// <param name="ForUpdate">Row lock at the end of a SELECT in a transaction.</param>
/// <param name="SkipLocked">Row lock that passes over rows held by another instance.</param>
/// <param name="HasArrays">True when a list is one array parameter; else Dapper writes a parameter for each element.</param>
public sealed partial record SqlDialect(string Identity, string ForUpdate, string SkipLocked, bool HasArrays)
{
    private const int MostRemembered = 5_000;

    private readonly ConcurrentDictionary<string, string> _written = new(StringComparer.Ordinal);

    /// <summary>PostgreSQL 15.</summary>
    public static readonly SqlDialect Postgres = new("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "FOR UPDATE", "FOR UPDATE SKIP LOCKED", HasArrays: true);

    /// <summary>SQLite 3.35; writes are already one at a time, so row locks are empty words.</summary>
    public static readonly SqlDialect Sqlite = new("INTEGER PRIMARY KEY AUTOINCREMENT", "", "", HasArrays: false);

    /// <summary>Puts this store's words in place of the common ones.</summary>
    public string Write(string sql)
    {
        if (_written.TryGetValue(sql, out var known))
        {
            return known;
        }
        var written = Translate(sql);
        if (_written.Count < MostRemembered)
        {
            _written[sql] = written;
        }
        return written;
    }

    private string Translate(string sql)
    {
        var words = sql.Replace("{identity}", Identity, StringComparison.Ordinal)
            .Replace("{for_update}", ForUpdate, StringComparison.Ordinal)
            .Replace("{skip_locked}", SkipLocked, StringComparison.Ordinal);
        return HasArrays
            ? InList().Replace(words, match => $"{(match.Groups["not"].Success ? "<> ALL" : "= ANY")}(@{match.Groups["list"].Value})")
            : words;
    }

    [GeneratedRegex(@"\b(?<not>NOT\s+)?IN\s+@(?<list>\w+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InList();
}
