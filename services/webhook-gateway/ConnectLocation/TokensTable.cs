using EnterpriseHub.Contracts.Operations;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>The table of OAuth pairs. Tokens are sealed for their own row and column: moved elsewhere they do not open.</summary>
internal sealed class TokensTable(GatewayDatabase database, SecretBox box, TimeProvider time)
{
    public Task<TokensRow?> FindAsync(string locationId, CancellationToken cancellation) => database.ReadAsync(
        session => session.FirstOrDefaultAsync<TokensRow>(
            """
            SELECT location_id, company_id, access_token_enc, refresh_token_enc, expires_at, version, refresh_lease_until, needs_reconnect,
              updated_at, now_ms() AS now
            FROM oauth_token WHERE location_id = @locationId
            """,
            new { locationId }),
        cancellation);

    public string Access(TokensRow row) => box.Open(row.AccessTokenEnc, AccessContext(row.LocationId));

    public string Refresh(TokensRow row) => box.Open(row.RefreshTokenEnc, RefreshContext(row.LocationId));

    /// <summary>Stores a fresh consent, whatever was there.</summary>
    public Task StoreAsync(UnitOfWork unit, string locationId, string? companyId, TokenGrant grant) => unit.ExecuteAsync(
        """
        INSERT INTO oauth_token (location_id, company_id, access_token_enc, refresh_token_enc, expires_at, updated_at)
        VALUES (@locationId, @companyId, @access, @refresh, now_ms() + @lifetime, now_ms())
        ON CONFLICT (location_id) DO UPDATE SET company_id = excluded.company_id, access_token_enc = excluded.access_token_enc,
          refresh_token_enc = excluded.refresh_token_enc, expires_at = excluded.expires_at, version = oauth_token.version + 1,
          refresh_lease_until = 0, needs_reconnect = 0, updated_at = excluded.updated_at
        """,
        Sealed(locationId, companyId, grant));

    /// <summary>Stores a renewed pair; false when another process stored one meanwhile.</summary>
    public Task<bool> RenewedAsync(TokensRow row, TokenGrant grant, CancellationToken cancellation) => database.TryWriteAsync(
        async unit => await unit.ExecuteAsync(
            """
            UPDATE oauth_token SET access_token_enc = @access, refresh_token_enc = @refresh, expires_at = now_ms() + @lifetime,
              version = version + 1, refresh_lease_until = 0, updated_at = now_ms()
            WHERE location_id = @locationId AND version = @version
            """,
            new
            {
                locationId = row.LocationId,
                version = row.Version,
                access = box.Seal(grant.AccessToken, AccessContext(row.LocationId)),
                // A grant that names no new refresh token leaves the old one in force.
                refresh = grant.RefreshToken is null ? row.RefreshTokenEnc : box.Seal(grant.RefreshToken, RefreshContext(row.LocationId)),
                lifetime = (long)grant.Lifetime.TotalMilliseconds,
            }) == 1,
        cancellation);

    /// <summary>Takes the right to renew this version; one holder across all processes.</summary>
    public Task<bool> TakeLeaseAsync(TokensRow row, TimeSpan length, CancellationToken cancellation) => database.TryWriteAsync(
        async unit => await unit.ExecuteAsync(
            """
            UPDATE oauth_token SET refresh_lease_until = now_ms() + @length
            WHERE location_id = @locationId AND version = @version AND refresh_lease_until <= now_ms() AND needs_reconnect = 0
            """,
            new { locationId = row.LocationId, version = row.Version, length = (long)length.TotalMilliseconds }) == 1,
        cancellation);

    /// <summary>After a failure: nobody renews until the pause is over.</summary>
    public Task<bool> PauseAsync(TokensRow row, TimeSpan pause, CancellationToken cancellation) => database.TryWriteAsync(
        async unit => await unit.ExecuteAsync(
            "UPDATE oauth_token SET refresh_lease_until = now_ms() + @pause WHERE location_id = @locationId AND version = @version",
            new { locationId = row.LocationId, version = row.Version, pause = (long)pause.TotalMilliseconds }) == 1,
        cancellation);

    /// <summary>Gives the pair up and says so once; only a new consent helps.</summary>
    public Task<bool> GiveUpAsync(TokensRow row, CancellationToken cancellation) => database.TryWriteAsync(
        async unit =>
        {
            var changed = await unit.ExecuteAsync(
                "UPDATE oauth_token SET needs_reconnect = 1, refresh_lease_until = 0, updated_at = now_ms() "
                + "WHERE location_id = @locationId AND version = @version AND needs_reconnect = 0",
                new { locationId = row.LocationId, version = row.Version });
            if (changed == 1 && !row.OfCompany)
            {
                unit.Publish(new LocationLifecycleChanged { LocationId = row.LocationId, Change = "needs_reconnect", At = time.GetUtcNow() });
            }
            return changed == 1;
        },
        cancellation);

    private object Sealed(string locationId, string? companyId, TokenGrant grant) => new
    {
        locationId,
        companyId,
        access = box.Seal(grant.AccessToken, AccessContext(locationId)),
        refresh = box.Seal(grant.RefreshToken ?? "", RefreshContext(locationId)),
        lifetime = (long)grant.Lifetime.TotalMilliseconds,
    };

    private static string AccessContext(string locationId) => locationId + "/oauth_access_token";

    private static string RefreshContext(string locationId) => locationId + "/oauth_refresh_token";
}
