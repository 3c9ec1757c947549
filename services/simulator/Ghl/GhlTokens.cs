using System.Collections.Concurrent;
using EnterpriseHub.Simulator.Json;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Simulator.Ghl;

/// <summary>Bearer tokens: <c>sim-&lt;locationId&gt;</c> for ever, and what OAuth issued until it expires.</summary>
internal sealed class GhlTokens(IOptions<SimulatorOptions> options, TimeProvider time)
{
    public const string Company = "sim-company";
    private const string StaticPrefix = "sim-";
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, Access> accesses = new();
    private readonly ConcurrentDictionary<string, Grant> codes = new();
    private readonly ConcurrentDictionary<string, Refresh> refreshes = new();

    /// <summary>The location of a token, null when the token is not valid for one.</summary>
    public string? LocationOf(string? token) => token switch
    {
        null => null,
        _ when accesses.TryGetValue(token, out var access) => access.Expires > time.GetUtcNow() ? access.Grant.LocationId : null,
        _ when token.StartsWith(StaticPrefix, StringComparison.Ordinal) && token.Length > StaticPrefix.Length => token[StaticPrefix.Length..],
        _ => null,
    };

    /// <summary>True for an agency's token, which may make location tokens.</summary>
    public bool IsAgency(string? token) =>
        token is not null && accesses.TryGetValue(token, out var access) && access.Expires > time.GetUtcNow() && access.Grant.LocationId is null;

    public string IssueCode(string clientId, string? locationId)
    {
        var code = SimIds.Ghl() + SimIds.Ghl();
        codes[code] = new Grant(clientId, locationId);
        return code;
    }

    public IssuedTokens? RedeemCode(string clientId, string code) =>
        codes.TryRemove(code, out var grant) && grant.ClientId == clientId ? Issue(grant, NewRefresh(grant)) : null;

    /// <summary>A refresh token works once; for 30 s after that the same client gets the same successor again.</summary>
    public IssuedTokens? RedeemRefresh(string clientId, string token)
    {
        if (!refreshes.TryGetValue(token, out var refresh) || refresh.Grant.ClientId != clientId)
        {
            return null;
        }
        lock (refresh)
        {
            var now = time.GetUtcNow();
            if (refresh.Successor is null)
            {
                refresh.Successor = NewRefresh(refresh.Grant);
                refresh.UsedAt = now;
            }
            return now - refresh.UsedAt <= Grace ? Issue(refresh.Grant, refresh.Successor) : null;
        }
    }

    public IssuedTokens IssueFor(string locationId) => Issue(new Grant("agency", locationId), null);

    private IssuedTokens Issue(Grant grant, string? refresh)
    {
        var seconds = options.Value.AccessTokenSeconds;
        var access = "simat-" + SimIds.Ghl() + SimIds.Ghl();
        accesses[access] = new Access(grant, time.GetUtcNow().AddSeconds(seconds));
        return new IssuedTokens(access, refresh, seconds, grant.LocationId);
    }

    private string NewRefresh(Grant grant)
    {
        var token = "simrt-" + SimIds.Ghl() + SimIds.Ghl();
        refreshes[token] = new Refresh(grant);
        return token;
    }

    private sealed record Grant(string ClientId, string? LocationId);

    private sealed record Access(Grant Grant, DateTimeOffset Expires);

    private sealed class Refresh(Grant grant)
    {
        public Grant Grant { get; } = grant;

        public string? Successor { get; set; }

        public DateTimeOffset UsedAt { get; set; }
    }
}

/// <summary>An access token and, for a grant that can be renewed, its refresh token.</summary>
internal sealed record IssuedTokens(string Access, string? Refresh, int Seconds, string? LocationId);
