using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using EnterpriseHub.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace EnterpriseHub.Platform.Security;

/// <summary>HTTP surface of keys and sessions; one module of the product maps it.</summary>
public static partial class KeyEndpoints
{
    private const int LongestName = 100;

    /// <summary>Maps <c>/api/keys</c> (admin) and <c>/api/session</c>.</summary>
    public static void MapKeyEndpoints(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/keys").RequireRole(HubRole.Admin).WithTags("Keys");
        keys.MapGet("/", ListAsync).WithSummary("All keys, without their secrets");
        keys.MapPost("/", AddAsync).WithSummary("Makes a key; its text is shown only in this answer");
        keys.MapDelete("/{keyId}", RevokeAsync).WithSummary("Revokes a key at once (other instances within 10 s)");
        routes.MapSessionEndpoints();
    }

    private static async Task<IReadOnlyList<KeyInfo>> ListAsync(KeyStore store, HttpContext context, CancellationToken cancellation)
    {
        var caller = Caller.Of(context);
        var keys = await store.ListKeysAsync(cancellation);
        return [.. keys.Where(key => caller.LocationId is null || key.LocationId == caller.LocationId).Select(KeyInfo.Of)];
    }

    private static async Task<Results<Created<NewKey>, ProblemHttpResult>> AddAsync(
        AddKey wish, KeyStore store, HttpContext context, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(wish.Name) || wish.Name.Length > LongestName)
        {
            return Problem.Of(400, "No usable name", $"'name' says what the key is for, 1 to {LongestName} characters.");
        }
        if (wish.Role is not { } role || !Enum.IsDefined(role))
        {
            return Problem.Of(400, "No usable role", "'role' is viewer, operator or admin.");
        }
        var location = string.IsNullOrWhiteSpace(wish.LocationId) ? null : wish.LocationId;
        if (location is not null && !LocationId().IsMatch(location))
        {
            return Problem.Of(400, "No usable location", "'locationId' has 1 to 64 letters, digits, '-' or '_'; left out, the key sees all locations.");
        }
        if (location is not null && !Caller.Of(context).MaySee(location))
        {
            return Problem.Of(404, "No such location", "A key that is bound to a location makes keys of that location only.");
        }
        if (location is null && Caller.Of(context).LocationId is not null)
        {
            return Problem.Of(403, "Not for all locations", "A key that is bound to a location makes keys of that location only: name it in 'locationId'.");
        }
        var key = await store.AddKeyAsync(wish.Name.Trim(), role, location, cancellation);
        return TypedResults.Created($"/api/keys/{key.KeyId}", new NewKey(key.KeyId, key.ToString(), role, location));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string keyId, KeyStore store, HttpContext context, CancellationToken cancellation)
    {
        var caller = Caller.Of(context);
        if (caller.LocationId is { } own && (await store.FindKeyAsync(keyId, cancellation))?.LocationId != own)
        {
            return NoSuchKey();
        }
        return await store.RevokeKeyAsync(keyId, cancellation) ? TypedResults.NoContent() : NoSuchKey();
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex LocationId();

    private static ProblemHttpResult NoSuchKey() => Problem.Of(404, "No such key", "It does not exist or is revoked already. GET /api/keys lists them.");
}

/// <summary>What a new key shall be.</summary>
/// <param name="Name">What it is for, 1 to 100 characters.</param>
/// <param name="Role">What it may do.</param>
/// <param name="LocationId">The one location it sees; left out, it sees all.</param>
public sealed record AddKey([property: MaxLength(100)] string? Name, HubRole? Role, string? LocationId = null);

/// <summary>A fresh key.</summary>
/// <param name="KeyId">Public id.</param>
/// <param name="Key">The whole text for <c>X-Api-Key</c>; not stored, so keep it now.</param>
/// <param name="Role">What it may do.</param>
/// <param name="LocationId">The one location it sees; null sees all.</param>
public sealed record NewKey(string KeyId, string Key, HubRole Role, string? LocationId);

/// <summary>A key in the list.</summary>
/// <param name="KeyId">Public id.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do.</param>
/// <param name="LocationId">The one location it sees; null sees all.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="RevokedAt">When it was revoked; null while it works.</param>
public sealed record KeyInfo(string KeyId, string Name, HubRole Role, string? LocationId, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt)
{
    internal static KeyInfo Of(StoredKey key) => new(
        key.KeyId,
        key.Name,
        key.ToCaller().Role,
        key.LocationId,
        DateTimeOffset.FromUnixTimeMilliseconds(key.CreatedAt),
        key.RevokedAt == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(key.RevokedAt));
}
