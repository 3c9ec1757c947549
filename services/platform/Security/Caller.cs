using Microsoft.AspNetCore.Http;

namespace EnterpriseHub.Platform.Security;

/// <summary>What a key may do; each role may do what the one before may.</summary>
public enum HubRole
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Reads and acts: takeover, invalidation; sees the event log without what people wrote.</summary>
    Operator,

    /// <summary>Everything: locations, keys, tokens, bodies of events, replay.</summary>
    Admin,
}

/// <summary>Who calls: an API key, or the session that was opened with one.</summary>
/// <param name="KeyId">Public id of the key.</param>
/// <param name="Role">Its role.</param>
/// <param name="LocationId">The one location it is bound to; null sees all.</param>
public sealed record Caller(string KeyId, HubRole Role, string? LocationId)
{
    /// <summary>True when the caller may see the location. Answer 404, not 403, when not: ids of others do not exist for it.</summary>
    public bool MaySee(string locationId) => LocationId is null || LocationId == locationId;

    /// <summary>The caller of this request; set by the platform before any endpoint runs.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is anonymous.</exception>
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>()
        ?? throw new InvalidOperationException("This endpoint has no caller.");
}
