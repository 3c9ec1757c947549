using System.Collections.Concurrent;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>Locations out of the store. Only live ones are kept: one that was connected a second ago must be found at once.</summary>
internal sealed class Locations(GatewayDatabase database, SecretBox box, TimeProvider time) : ILocations
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (LocationSettings Settings, long ReadAt)> _kept = new(StringComparer.Ordinal);

    public static string TokenContext(string locationId) => $"{locationId}/access_token";

    public async ValueTask<LocationSettings?> FindAsync(string locationId, CancellationToken cancellation)
    {
        if (_kept.TryGetValue(locationId, out var kept) && time.GetElapsedTime(kept.ReadAt) < KeptFor)
        {
            return kept.Settings;
        }
        var readAt = time.GetTimestamp();
        var row = await database.ReadAsync(
            session => session.FirstOrDefaultAsync<LocationRow>(
                $"{LocationRow.Select} WHERE location_id = @locationId", new { locationId }),
            cancellation);
        var settings = row?.Settle();
        if (settings is { Active: true })
        {
            _kept[locationId] = (settings, readAt);
        }
        else
        {
            _kept.TryRemove(locationId, out _);
        }
        return settings;
    }

    public async ValueTask<string?> AccessTokenAsync(string locationId, CancellationToken cancellation)
    {
        var sealedToken = await database.ReadAsync(
            session => session.FirstOrDefaultAsync<byte[]>(
                "SELECT access_token_enc FROM location WHERE location_id = @locationId AND access_token_enc IS NOT NULL", new { locationId }),
            cancellation);
        return sealedToken is null ? null : box.Open(sealedToken, TokenContext(locationId));
    }

    /// <summary>Call after a change was committed.</summary>
    public void Forget(string locationId) => _kept.TryRemove(locationId, out _);

    /// <summary>Call after a change of more than one location was committed.</summary>
    public void ForgetAll() => _kept.Clear();
}
