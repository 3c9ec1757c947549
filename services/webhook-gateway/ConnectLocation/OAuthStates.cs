using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>
/// The <c>state</c> values of consents under way: random, good for ten minutes, once. Only their hash is stored. One that a location's
/// admin began ends with that location, and its hash covers it.
/// </summary>
internal sealed class OAuthStates(GatewayDatabase database)
{
    private const long LifetimeMs = 600_000;

    /// <param name="locationId">The location that the caller is bound to; null: none.</param>
    /// <param name="cancellation">Ends the write.</param>
    public async Task<string> MakeAsync(string? locationId, CancellationToken cancellation)
    {
        var random = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var state = locationId is null ? random : $"{random}.{locationId}";
        await database.WriteAsync(
            async unit => await unit.ExecuteAsync("DELETE FROM oauth_state WHERE expires_at <= now_ms()")
                + await unit.ExecuteAsync(
                    "INSERT INTO oauth_state (state_hash, expires_at) VALUES (@hash, now_ms() + @lifetime)",
                    new { hash = Hash(state), lifetime = LifetimeMs }),
            cancellation);
        return state;
    }

    /// <summary>True once for a state that was made here and is still good.</summary>
    public Task<bool> TakeAsync(string state, CancellationToken cancellation) => database.TryWriteAsync(
        async unit => await unit.ExecuteAsync(
            "DELETE FROM oauth_state WHERE state_hash = @hash AND expires_at > now_ms()", new { hash = Hash(state) }) == 1,
        cancellation);

    /// <summary>The one location that a state is good for; null: any.</summary>
    public static string? LocationOf(string state) => state.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? state[(dot + 1)..] : null;

    private static string Hash(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)));
}
