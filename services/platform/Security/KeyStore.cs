using EnterpriseHub.Platform.Storage;
using Microsoft.Extensions.Caching.Memory;

namespace EnterpriseHub.Platform.Security;

/// <summary>A key as it is stored; without its secret.</summary>
internal sealed record StoredKey
{
    public required string KeyId { get; init; }

    public required string SecretHash { get; init; }

    public required string Name { get; init; }

    public required string Role { get; init; }

    public string? LocationId { get; init; }

    public required long CreatedAt { get; init; }

    public long RevokedAt { get; init; }

    public Caller ToCaller() => new(KeyId, Enum.Parse<HubRole>(Role, ignoreCase: true), LocationId);
}

/// <summary>A session as it is stored.</summary>
internal sealed record StoredSession
{
    public required string KeyId { get; init; }

    public required long ExpiresAt { get; init; }
}

/// <summary>Keys and sessions. Reads are remembered for 10 s: a revoked key works no longer than that at another instance, and not at all at this one.</summary>
internal sealed class KeyStore(SecurityDatabase database, AdminOptions options) : IDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    // Misses are remembered too, so that guessing does not reach the store; bounded, so that it does not fill the memory either.
    private readonly MemoryCache _seen = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    public Task<StoredKey?> FindKeyAsync(string keyId, CancellationToken cancellation) => RememberAsync(
        $"key:{keyId}",
        sql => sql.FirstOrDefaultAsync<StoredKey>("SELECT * FROM api_key WHERE key_id = @keyId AND revoked_at = 0", new { keyId }),
        cancellation);

    public Task<StoredSession?> FindSessionAsync(string sessionHash, CancellationToken cancellation) => RememberAsync(
        $"session:{sessionHash}",
        sql => sql.FirstOrDefaultAsync<StoredSession>(
            "SELECT key_id, expires_at FROM session WHERE session_hash = @sessionHash AND expires_at > now_ms()", new { sessionHash }),
        cancellation);

    public Task<IReadOnlyList<StoredKey>> ListKeysAsync(CancellationToken cancellation) => database.ReadAsync(
        sql => sql.QueryAsync<StoredKey>("SELECT * FROM api_key ORDER BY created_at, key_id"), cancellation);

    public async Task<KeyText> AddKeyAsync(string name, HubRole role, string? locationId, CancellationToken cancellation)
    {
        var key = KeyText.Create();
        await database.WriteAsync(unit => InsertAsync(unit, key, name, role, locationId), cancellation);
        return key;
    }

    /// <summary>Adds an admin key unless there is one that works.</summary>
    /// <returns>The new key, or null when there was one.</returns>
    public async Task<KeyText?> AddFirstAdminKeyAsync(CancellationToken cancellation)
    {
        var key = KeyText.Create();
        var added = await database.TryWriteAsync(
            async unit => await unit.FirstOrDefaultAsync<long>("SELECT count(*) FROM api_key WHERE role = 'admin' AND revoked_at = 0") == 0
                && await InsertAsync(unit, key, "first start", HubRole.Admin, null) == 1,
            cancellation);
        return added ? key : null;
    }

    public async Task<bool> RevokeKeyAsync(string keyId, CancellationToken cancellation)
    {
        var revoked = await database.WriteAsync(
            async unit =>
            {
                await unit.ExecuteAsync("DELETE FROM session WHERE key_id = @keyId", new { keyId });
                return await unit.ExecuteAsync("UPDATE api_key SET revoked_at = now_ms() WHERE key_id = @keyId AND revoked_at = 0", new { keyId });
            },
            cancellation);
        _seen.Clear();
        return revoked == 1;
    }

    /// <returns>The session's secret, for the cookie.</returns>
    public async Task<string> OpenSessionAsync(string keyId, CancellationToken cancellation)
    {
        var session = KeyText.Random(32);
        var life = (long)TimeSpan.FromHours(options.SessionHours).TotalMilliseconds;
        await database.WriteAsync(
            async unit => await unit.ExecuteAsync("DELETE FROM session WHERE expires_at < now_ms()")
                + await unit.ExecuteAsync(
                    "INSERT INTO session (session_hash, key_id, expires_at) VALUES (@hash, @keyId, now_ms() + @life)",
                    new { hash = KeyText.HashOf(session), keyId, life }),
            cancellation);
        return session;
    }

    public async Task CloseSessionAsync(string session, CancellationToken cancellation)
    {
        var hash = KeyText.HashOf(session);
        await database.WriteAsync(unit => unit.ExecuteAsync("DELETE FROM session WHERE session_hash = @hash", new { hash }), cancellation);
        _seen.Remove($"session:{hash}");
    }

    public void Dispose() => _seen.Dispose();

    private static Task<int> InsertAsync(UnitOfWork unit, KeyText key, string name, HubRole role, string? locationId) => unit.ExecuteAsync(
        """
        INSERT INTO api_key (key_id, secret_hash, name, role, location_id, created_at)
        VALUES (@KeyId, @SecretHash, @name, @role, @locationId, now_ms())
        """,
        new { key.KeyId, key.SecretHash, name, role = role.ToString().ToLowerInvariant(), locationId });

    private async Task<T?> RememberAsync<T>(string name, Func<SqlSession, Task<T?>> read, CancellationToken cancellation)
        where T : class
    {
        if (_seen.TryGetValue(name, out T? known))
        {
            return known;
        }
        // What all callers share is read for all: one location's view, remembered, would lock another's key out.
        using var scope = LocationScope.Enter(null);
        var found = await database.ReadAsync(read, cancellation);
        _seen.Set(name, found, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Remembered });
        return found;
    }
}
