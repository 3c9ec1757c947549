using EnterpriseHub.Contracts.Operations;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>
/// Turns a consent into connected locations. An agency's grant is kept too: its locations' tokens are made with it, and renewed with it.
/// </summary>
internal sealed class OAuthInstall(
    GatewayDatabase database, GhlClient client, TokensTable table, IOptions<GhlOptions> options, TimeProvider time)
{
    private const int MostLocations = 1000;

    /// <summary>Exchanges the code and stores what came of it.</summary>
    /// <param name="code">What HighLevel gave for the consent.</param>
    /// <param name="only">The one location that may be connected, as its admin began; null: whatever was consented to.</param>
    /// <param name="cancellation">Ends it half done.</param>
    /// <returns>Connected locations, 0 when the consent was for another one; null when GHL did not take the code.</returns>
    public async Task<int?> CompleteAsync(string code, string? only, CancellationToken cancellation)
    {
        var grant = (await client.CallAsync(TokenCalls.Exchange(options.Value, code), null, cancellation)).Result.Value;
        if (grant is null)
        {
            return null;
        }
        if (only is not null && grant.LocationId != only)
        {
            return 0;
        }
        if (grant.LocationId is { } location)
        {
            await ConnectAsync(location, null, grant.CompanyId, grant, cancellation);
            return 1;
        }
        return grant.CompanyId is { } company ? await ConnectAgencyAsync(company, grant, cancellation) : null;
    }

    private async Task<int> ConnectAgencyAsync(string companyId, TokenGrant grant, CancellationToken cancellation)
    {
        await database.WriteAsync(
            async unit =>
            {
                await table.StoreAsync(unit, TokensRow.CompanyPrefix + companyId, companyId, grant);
                return true;
            },
            cancellation);
        var connected = 0;
        foreach (var location in await LocationsAsync(companyId, grant, cancellation))
        {
            var made = (await client.CallAsync(TokenCalls.ForLocation(companyId, location.Id), grant.AccessToken, cancellation)).Result.Value;
            if (made is not null && (made.LocationId ?? location.Id) == location.Id)
            {
                await ConnectAsync(location.Id, location.Name, companyId, made, cancellation);
                connected++;
            }
        }
        return connected;
    }

    /// <summary>The approved locations; where the grant names none, those in which the app is installed.</summary>
    private async Task<IReadOnlyList<InstalledLocation>> LocationsAsync(string companyId, TokenGrant grant, CancellationToken cancellation)
    {
        if (grant.ApprovedLocations.Count > 0)
        {
            return [.. grant.ApprovedLocations.Take(MostLocations).Select(id => new InstalledLocation(id, null))];
        }
        var appId = (options.Value.ClientId ?? "").Split('-')[0];
        var all = new List<InstalledLocation>();
        while (all.Count < MostLocations)
        {
            var page = (await client.CallAsync(TokenCalls.Installed(companyId, appId, all.Count), grant.AccessToken, cancellation)).Result.Value ?? [];
            all.AddRange(page);
            if (page.Count < 100)
            {
                break;
            }
        }
        return all;
    }

    private Task<bool> ConnectAsync(string locationId, string? name, string? companyId, TokenGrant grant, CancellationToken cancellation) =>
        database.TryWriteAsync(
            async unit =>
            {
                await ActivateAsync(unit, locationId, name);
                await table.StoreAsync(unit, locationId, companyId, grant);
                unit.Publish(new LocationLifecycleChanged { LocationId = locationId, Change = "connected", Name = name, At = time.GetUtcNow() });
                return true;
            },
            cancellation);

    /// <summary>With default settings; a location that is there keeps its own.</summary>
    private static Task<int> ActivateAsync(UnitOfWork unit, string locationId, string? name) => unit.ExecuteAsync(
        """
        INSERT INTO location (location_id, name, settings, status, created_at, updated_at, lifecycle_at, connected_at)
        VALUES (@locationId, @name, @settings, 'active', now_ms(), now_ms(), now_ms(), now_ms())
        ON CONFLICT (location_id) DO UPDATE SET status = 'active', updated_at = now_ms(), lifecycle_at = excluded.lifecycle_at,
          connected_at = CASE WHEN location.status = 'active' THEN location.connected_at ELSE excluded.connected_at END
        """,
        new { locationId, name = name ?? locationId, settings = LocationDocument.Default(name ?? locationId).Write() });
}
