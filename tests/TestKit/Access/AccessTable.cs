using EnterpriseHub.Platform.Security;

namespace EnterpriseHub.TestKit.Access;

/// <summary>
/// Every endpoint of the product: the role it needs and how to ask it for what belongs to a place. A new endpoint fails
/// a test until it has its line here; one that takes an id of a location, contact, conversation, event or key has an ask for each.
/// </summary>
public static class AccessTable
{
    private const HubRole Viewer = HubRole.Viewer;
    private const HubRole Operator = HubRole.Operator;
    private const HubRole Admin = HubRole.Admin;

    /// <summary>Needs a caller. In order of use: what ends something comes last.</summary>
    public static IReadOnlyList<Guarded> Guarded { get; } =
    [
        new("GET /health/detailed", Viewer),
        new("GET /api/session", Viewer),

        new("GET /api/locations", Viewer),
        new("GET /api/locations/{locationId}", Viewer, at => new($"/api/locations/{at.Location}")),
        new("PUT /api/locations/{locationId}", Admin, at => new($"/api/locations/{at.Location}", new { tone = "kind" })),
        new("GET /oauth/start", Admin),

        new("GET /api/locations/{locationId}/audits", Operator, at => new($"/api/locations/{at.Location}/audits")),
        new("POST /api/locations/{locationId}/audits", Operator, at => new($"/api/locations/{at.Location}/audits")),

        new("GET /api/events", Operator, at => new($"/api/events?locationId={at.Location}")),
        new("GET /api/events/{eventId}", Operator, at => new($"/api/events/{at.Event}")),

        new("POST /api/events/{eventId}/replay", Admin, at => new($"/api/events/{at.Event}/replay")),
        new("POST /api/events/replay", Admin,
            at => new("/api/events/replay", new { ids = new[] { at.Event } }), at => new("/api/events/replay", new { filter = new { locationId = at.Location } })),
        new("GET /api/events/replays", Operator),
        new("GET /api/events/replays/{replayId}", Operator, at => new($"/api/events/replays/{at.Replay}")),
        new("GET /api/events/audit", Operator),
        new("GET /api/events/dead-letters", Operator, at => new($"/api/events/dead-letters?locationId={at.Location}")),
        new("GET /api/events/dead-letters/{letterId}", Operator, at => new($"/api/events/dead-letters/{at.Letter}")),
        new("POST /api/events/dead-letters/replay", Admin,
            at => new("/api/events/dead-letters/replay", new { ids = new[] { at.Letter } }),
            at => new("/api/events/dead-letters/replay", new { filter = new { locationId = at.Location } })),
        new("POST /api/events/dead-letters/{letterId}/replay", Admin, at => new($"/api/events/dead-letters/{at.Letter}/replay")),
        new("POST /api/events/dead-letters/{letterId}/dismiss", Admin, at => new($"/api/events/dead-letters/{at.Letter}/dismiss")),

        new("GET /api/conversations", Viewer, at => new($"/api/conversations?locationId={at.Location}")),
        new("GET /api/conversations/{conversationId}", Viewer,
            at => new($"/api/conversations/{at.Conversation}"), at => new($"/api/conversations/{at.Conversation}?locationId={at.Location}")),

        new("GET /api/scores", Viewer, at => new($"/api/scores?locationId={at.Location}")),
        new("GET /api/scores/{contactId}", Viewer,
            at => new($"/api/scores/{at.Contact}"), at => new($"/api/scores/{at.Contact}?locationId={at.Location}")),

        new("GET /api/cache/statistics", Viewer),
        new("PUT /api/cache/market/{locationId}", Operator,
            at => new($"/api/cache/market/{at.Location}", new { facts = new[] { $"Homes sell in 12 days, says {at.Marker}." }, asOf = "2026-01-01", source = at.Marker })),
        new("GET /api/cache/market/{locationId}", Viewer, at => new($"/api/cache/market/{at.Location}")),
        new("POST /api/cache/invalidate", Operator, at => new("/api/cache/invalidate", new { locationId = at.Location, tag = $"contact:{at.Contact}" })),

        new("GET /api/leads", Viewer, at => new($"/api/leads?locationId={at.Location}")),
        new("GET /api/metrics/summary", Viewer, at => new($"/api/metrics/summary?locationId={at.Location}")),
        new("GET /api/metrics/live", Viewer, at => new($"/api/metrics/live?locationId={at.Location}")),
        new("GET /api/metrics/activity", Viewer, at => new($"/api/metrics/activity?locationId={at.Location}")),
        new("GET /api/metrics/locations", Viewer),
        new("GET /api/metrics/mode", Viewer),

        new("GET /api/keys", Admin),
        new("POST /api/keys", Admin, at => new("/api/keys", new { name = "mine", role = "viewer", locationId = at.Location })),
        new("DELETE /api/keys/{keyId}", Admin, at => new($"/api/keys/{at.Key}")),

        new("DELETE /api/locations/{locationId}", Admin, at => new($"/api/locations/{at.Location}")),
    ];

    /// <summary>Answers everybody, and why it may.</summary>
    public static IReadOnlyDictionary<string, string> Open { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GET /health/live"] = "probes carry no key; it says nothing but that the process runs",
        ["GET /health/ready"] = "as above",
        ["GET /metrics"] = "open to this machine only, or by Metrics:Anonymous; names no location",
        ["GET /openapi/{documentName}.json"] = "the description holds no data",
        ["GET /"] = "the page where one logs in; holds no data",
        ["HEAD /"] = "as above",
        ["GET /dashboard/{file}"] = "files of that page",
        ["HEAD /dashboard/{file}"] = "as above",
        ["POST /api/session"] = "logging in: the key is in the body",
        ["DELETE /api/session"] = "logging out: ends the session that it is shown, nothing else",
        ["POST /webhooks/ghl"] = "HighLevel signs its body",
        ["POST /webhooks/ghl/workflows/{locationId}"] = "carries the location's own secret",
        ["GET /oauth/callback"] = "carries a state that an admin's /oauth/start made",
    };

    /// <summary>The simulated HighLevel and Claude: not part of the product, and only where it is hosted.</summary>
    public static bool IsSimulated(string path) => path == "/sim" || path.StartsWith("/sim/", StringComparison.Ordinal);
}

/// <summary>An endpoint that needs a caller.</summary>
/// <param name="Endpoint">Method and route, e.g. <c>GET /api/events/{eventId}</c>.</param>
/// <param name="Role">The least role that it lets in.</param>
/// <param name="Asks">How to ask it for what belongs to a place; none where it takes no ids.</param>
public sealed record Guarded(string Endpoint, HubRole Role, params Func<Place, Ask>[] Asks)
{
    /// <summary>HTTP method.</summary>
    public HttpMethod Method => new(Endpoint.Split(' ')[0]);

    /// <summary>Route without its method.</summary>
    public string Route => Endpoint.Split(' ')[1];

    /// <summary>True when it shows something without being told of whom.</summary>
    public bool IsList => Method == HttpMethod.Get && !Route.Contains('{', StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => Endpoint;
}

/// <summary>One question.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Body">What is sent along as JSON; null: nothing.</param>
public sealed record Ask(string Path, object? Body = null);
