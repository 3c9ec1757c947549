using EnterpriseHub.Contracts.Operations;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Effects;

/// <summary>Install makes or wakes a location; uninstall puts it to rest and drops its tokens.</summary>
internal static class LifecycleEffect
{
    public static async Task ApplyAsync(UnitOfWork unit, StoredEvent stored, Installed installed)
    {
        var name = string.IsNullOrWhiteSpace(installed.Name) ? stored.LocationId : installed.Name.Trim();
        var changed = await unit.ExecuteAsync(
            """
            INSERT INTO location (location_id, name, settings, status, created_at, updated_at, lifecycle_at, connected_at)
            VALUES (@LocationId, @name, @settings, 'active', now_ms(), now_ms(), @at, now_ms())
            ON CONFLICT (location_id) DO UPDATE SET status = 'active', updated_at = excluded.updated_at, lifecycle_at = excluded.lifecycle_at,
              connected_at = CASE WHEN location.status = 'active' THEN location.connected_at ELSE excluded.connected_at END
            WHERE location.lifecycle_at <= excluded.lifecycle_at
            """,
            new { stored.LocationId, name, settings = LocationDocument.Default(name).Write(), at = stored.At.ToUnixTimeMilliseconds() });
        if (changed > 0)
        {
            Publish(unit, stored, stored.LocationId, "installed", stored.Location?.Profile.Name ?? name);
        }
    }

    public static async Task ApplyAsync(UnitOfWork unit, StoredEvent stored, Uninstalled uninstalled)
    {
        foreach (var location in await LocationsAsync(unit, stored, uninstalled))
        {
            var changed = await unit.ExecuteAsync(
                """
                UPDATE location SET status = 'inactive', access_token_enc = NULL, updated_at = now_ms(), lifecycle_at = @at
                WHERE location_id = @location AND lifecycle_at <= @at
                """,
                new { location, at = stored.At.ToUnixTimeMilliseconds() });
            if (changed > 0)
            {
                await unit.ExecuteAsync("DELETE FROM oauth_token WHERE location_id = @location", new { location });
                Publish(unit, stored, location, "uninstalled", null);
            }
        }
        if (stored.LocationId.Length == 0)
        {
            // The agency's own tokens; a location that was installed again since then keeps its.
            await unit.ExecuteAsync(
                "DELETE FROM oauth_token WHERE company_id = @CompanyId AND location_id NOT IN (SELECT location_id FROM location WHERE status = 'active')",
                new { uninstalled.CompanyId });
        }
    }

    /// <summary>An agency takes out the app for all its locations at once; we know them by the company of their tokens.</summary>
    private static async Task<IReadOnlyList<string>> LocationsAsync(UnitOfWork unit, StoredEvent stored, Uninstalled uninstalled) =>
        stored.LocationId.Length > 0
            ? [stored.LocationId]
            : await unit.QueryAsync<string>("SELECT location_id FROM oauth_token WHERE company_id = @CompanyId", new { uninstalled.CompanyId });

    private static void Publish(UnitOfWork unit, StoredEvent stored, string locationId, string change, string? name) =>
        unit.Publish(new LocationLifecycleChanged { LocationId = locationId, Change = change, Name = name, At = stored.At });
}
