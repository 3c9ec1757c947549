using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EnterpriseHub.Contracts.Operations;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>Creates, changes and deactivates locations.</summary>
internal sealed class SaveLocation(GatewayDatabase database, SecretBox box, Locations locations, Tokens tokens, TimeProvider time)
{
    /// <returns>True when the location is new; errors by member path when nothing was saved.</returns>
    public async Task<(bool Created, Dictionary<string, string[]> Errors)> PutAsync(string locationId, JsonElement body, CancellationToken cancellation)
    {
        var created = false;
        Dictionary<string, string[]> errors = [];
        await database.TryWriteAsync(
            async unit =>
            {
                var row = await unit.FirstOrDefaultAsync<LocationRow>($"{LocationRow.Select} WHERE location_id = @locationId {{for_update}}", new { locationId });
                (var change, errors) = LocationRequest.Read(body, row is null ? LocationDocument.Default(locationId) : LocationDocument.Read(row.Settings));
                if (change is null)
                {
                    return false;
                }
                created = row is null;
                await StoreAsync(unit, locationId, change);
                Publish(unit, locationId, "configured", change.Document.Profile.Name);
                return true;
            },
            cancellation);
        Forget(locationId);
        return (created, errors);
    }

    /// <returns>False when there is no such location.</returns>
    public async Task<bool> DeactivateAsync(string locationId, CancellationToken cancellation)
    {
        var found = await database.TryWriteAsync(
            async unit =>
            {
                var changed = await unit.ExecuteAsync(
                    """
                    UPDATE location SET status = 'inactive', access_token_enc = NULL, updated_at = now_ms(), lifecycle_at = now_ms()
                    WHERE location_id = @locationId
                    """,
                    new { locationId });
                await unit.ExecuteAsync("DELETE FROM oauth_token WHERE location_id = @locationId", new { locationId });
                Publish(unit, locationId, "uninstalled", null);
                return changed == 1;
            },
            cancellation);
        Forget(locationId);
        return found;
    }

    /// <summary>Makes a location of the settings unless it is there already: what an admin changed since is not undone by a restart.</summary>
    public async Task SeedAsync(string locationId, JsonElement body, CancellationToken cancellation)
    {
        if (await locations.FindAsync(locationId, cancellation) is null)
        {
            await PutAsync(locationId, body, cancellation);
        }
    }

    private void Forget(string locationId)
    {
        locations.Forget(locationId);
        tokens.Forget(locationId);
    }

    private async Task StoreAsync(UnitOfWork unit, string locationId, LocationChange change)
    {
        await unit.ExecuteAsync(
            """
            INSERT INTO location (location_id, name, settings, status, created_at, updated_at, lifecycle_at, connected_at)
            VALUES (@locationId, @name, @settings, 'active', now_ms(), now_ms(), now_ms(), now_ms())
            ON CONFLICT (location_id) DO UPDATE SET name = excluded.name, settings = excluded.settings, status = 'active',
              updated_at = excluded.updated_at, lifecycle_at = excluded.lifecycle_at,
              connected_at = CASE WHEN location.status = 'active' THEN location.connected_at ELSE excluded.connected_at END
            """,
            new { locationId, name = change.Document.Profile.Name, settings = change.Document.Write() });
        if (change.AccessToken.IsGiven)
        {
            var token = change.AccessToken.Value is { } plain ? box.Seal(plain, Locations.TokenContext(locationId)) : null;
            await unit.ExecuteAsync("UPDATE location SET access_token_enc = @token WHERE location_id = @locationId", new { locationId, token });
        }
        if (change.WorkflowSecret.IsGiven)
        {
            var hash = change.WorkflowSecret.Value is { } secret ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))) : null;
            await unit.ExecuteAsync("UPDATE location SET workflow_secret_hash = @hash WHERE location_id = @locationId", new { locationId, hash });
        }
    }

    private void Publish(UnitOfWork unit, string locationId, string change, string? name) =>
        unit.Publish(new LocationLifecycleChanged { LocationId = locationId, Change = change, Name = name, At = time.GetUtcNow() });
}
