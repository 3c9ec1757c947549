using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>The <c>state</c> values of consents under way: random, good for ten minutes, once. Only their hash is stored.</summary>
internal sealed class OAuthStates(GatewayDatabase database)
{
    private const long LifetimeMs = 600_000;

    public async Task<string> MakeAsync(CancellationToken cancellation)
    {
        var state = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
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

    private static string Hash(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)));
}
