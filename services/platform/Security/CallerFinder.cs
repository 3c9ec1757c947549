using EnterpriseHub.Platform.Hosting;
using Microsoft.AspNetCore.Http;

namespace EnterpriseHub.Platform.Security;

/// <summary>Who calls, and how it showed itself.</summary>
/// <param name="Caller">The caller.</param>
/// <param name="ByCookie">True when a browser sent the session by itself.</param>
internal sealed record Identity(Caller Caller, bool ByCookie);

/// <summary>Finds the caller of a request: header <c>X-Api-Key</c>, <c>Authorization: Bearer</c> or the session cookie.</summary>
internal sealed class CallerFinder
{
    public const string Header = "X-Api-Key";
    public const string Cookie = "hub_session";
    private const int ShortestBootstrapKey = 16;
    private const string Bearer = "Bearer ";

    private readonly KeyStore _keys;
    private readonly string? _bootstrapHash;
    private readonly Caller _bootstrap;

    public CallerFinder(KeyStore keys, AdminOptions options)
    {
        if (options.ApiKey is { Length: > 0 and < ShortestBootstrapKey })
        {
            throw new SettingException("Admin:ApiKey", "(too short)", $"at least {ShortestBootstrapKey} characters");
        }
        _keys = keys;
        _bootstrapHash = string.IsNullOrEmpty(options.ApiKey) ? null : KeyText.HashOf(options.ApiKey);
        // The id changes with the key, so that sessions opened with an earlier one end with it.
        _bootstrap = new Caller($"bootstrap-{_bootstrapHash?[..8]}", HubRole.Admin, null);
    }

    /// <summary>The identity of a request, or null. A header that is wrong is not made good by a cookie.</summary>
    public async Task<Identity?> FindAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.Headers.TryGetValue(Header, out var header))
        {
            return header is [{ } key] ? Shown(await FindAsync(key, cancellation)) : null;
        }
        if (request.Headers.Authorization is [{ } authorization] && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return Shown(await FindAsync(authorization[Bearer.Length..].Trim(), cancellation));
        }
        return request.Cookies[Cookie] is { Length: > 0 } session && await FindBySessionAsync(session, cancellation) is { } caller
            ? new Identity(caller, ByCookie: true)
            : null;
    }

    /// <summary>The caller of a key's text, or null when it does not work.</summary>
    public async Task<Caller?> FindAsync(string text, CancellationToken cancellation)
    {
        if (_bootstrapHash is not null && KeyText.Same(KeyText.HashOf(text), _bootstrapHash))
        {
            return _bootstrap;
        }
        return KeyText.Parse(text) is { } key
            && await _keys.FindKeyAsync(key.KeyId, cancellation) is { } stored
            && KeyText.Same(key.SecretHash, stored.SecretHash)
                ? stored.ToCaller()
                : null;
    }

    private static Identity? Shown(Caller? caller) => caller is null ? null : new Identity(caller, ByCookie: false);

    private async Task<Caller?> FindBySessionAsync(string text, CancellationToken cancellation)
    {
        if (await _keys.FindSessionAsync(KeyText.HashOf(text), cancellation) is not { } session)
        {
            return null;
        }
        return _bootstrapHash is not null && session.KeyId == _bootstrap.KeyId
            ? _bootstrap
            : (await _keys.FindKeyAsync(session.KeyId, cancellation))?.ToCaller();
    }
}
