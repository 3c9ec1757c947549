using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>
/// The token of a location: its static one, else OAuth's pair, renewed before it ends. What was read is used for ten seconds
/// without asking the store again; a 401 and a change made here forget it.
/// </summary>
internal sealed class Tokens(ILocations locations, TokensTable table, TokensRenewal renewal, TimeProvider time)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (string Token, long ReadAt)> _read = new(StringComparer.Ordinal);

    /// <summary>
    /// A usable token, or why there is none: <c>no_token</c>, <c>needs_reconnect</c>, <c>token_unavailable</c>, <c>token_unreadable</c>
    /// (sealed with a key that is not configured any more).
    /// </summary>
    public async ValueTask<TokensAnswer> AccessAsync(string locationId, CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(locationId, cancellation);
        }
        catch (CryptographicException)
        {
            return TokensAnswer.Not("token_unreadable");
        }
    }

    /// <summary>GHL refused the token: brings a newer one, at most once a minute.</summary>
    /// <returns>False when there is none: a static token, or a pair that needs a new consent.</returns>
    public async Task<bool> RenewAsync(string locationId, string refused, CancellationToken cancellation)
    {
        Forget(locationId);
        if (await locations.AccessTokenAsync(locationId, cancellation) is { } fixedToken)
        {
            return fixedToken != refused;
        }
        if (await table.FindAsync(locationId, cancellation) is not { NeedsReconnect: 0 } row)
        {
            return false;
        }
        if (table.Access(row) != refused)
        {
            return true;
        }
        if (row.Version > 1 && row.Now - row.UpdatedAt < 60_000)
        {
            // Just renewed and refused again: renewing once more would go round for ever.
            await table.GiveUpAsync(row, cancellation);
            return false;
        }
        return (await renewal.RenewAsync(row, cancellation)).Value is not null;
    }

    /// <summary>Call after a change of the location's token was committed.</summary>
    public void Forget(string locationId) => _read.TryRemove(locationId, out _);

    private async ValueTask<TokensAnswer> ReadAsync(string locationId, CancellationToken cancellation)
    {
        if (_read.TryGetValue(locationId, out var read) && time.GetElapsedTime(read.ReadAt) < ReadAgain)
        {
            return new(read.Token, "ok");
        }
        var readAt = time.GetTimestamp();
        var answer = await locations.AccessTokenAsync(locationId, cancellation) is { } fixedToken
            ? new(fixedToken, "ok")
            : await StoredAsync(locationId, cancellation);
        if (answer.Value is not null)
        {
            _read[locationId] = (answer.Value, readAt);
        }
        return answer;
    }

    private async Task<TokensAnswer> StoredAsync(string locationId, CancellationToken cancellation)
    {
        if (await table.FindAsync(locationId, cancellation) is not { } row)
        {
            return TokensAnswer.Not("no_token");
        }
        var left = TimeSpan.FromMilliseconds(row.ExpiresAt - row.Now);
        if (row.NeedsReconnect != 0)
        {
            return TokensAnswer.Not("needs_reconnect");
        }
        if (left >= Margin)
        {
            return new(table.Access(row), "ok");
        }
        var renewed = await renewal.RenewAsync(row, cancellation);
        return renewed.Value is null && left > TimeSpan.FromSeconds(30) ? new(table.Access(row), "ok") : renewed;
    }
}
