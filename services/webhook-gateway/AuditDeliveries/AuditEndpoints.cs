using System.Text.Json.Serialization;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.ReviewLocations;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.AuditDeliveries;

/// <summary><c>/api/locations/{locationId}/audits</c>: what the audits found.</summary>
internal static class AuditEndpoints
{
    public static void MapAudits(this IEndpointRouteBuilder routes)
    {
        var audits = routes.MapGroup("/api/locations/{locationId}/audits").WithTags("Audits").RequireRole(HubRole.Operator);
        audits.MapGet("/", ListAsync)
            .WithSummary("The newest 30 audits with what they found: twins, orphans, and sends that HighLevel does not list. Newest first.");
        audits.MapPost("/", RunAsync)
            .WithSummary("Has the location audited now; the result appears in the list.");
    }

    private static async Task<IResult> ListAsync(string locationId, HttpContext context, Locations locations, GatewayDatabase database)
    {
        if (!Caller.Of(context).MaySee(locationId) || await locations.FindAsync(locationId, context.RequestAborted) is null)
        {
            return NoSuch(locationId);
        }
        var (audits, findings) = await database.ReadAsync(
            async session => (
                await session.QueryAsync<AuditView>($"SELECT * FROM delivery_audit {Newest}", new { locationId }),
                await session.QueryAsync<FindingView>(
                    $"SELECT * FROM delivery_audit_finding WHERE location_id = @locationId AND audit_id IN (SELECT audit_id FROM delivery_audit {Newest}) ORDER BY number",
                    new { locationId })),
            context.RequestAborted);
        var byAudit = findings.ToLookup(one => one.AuditId, StringComparer.Ordinal);
        return TypedResults.Ok(audits.Select(audit => audit with { Findings = [.. byAudit[audit.AuditId]] }));
    }

    private static async Task<IResult> RunAsync(string locationId, HttpContext context, Locations locations, LocationTasks tasks)
    {
        if (!Caller.Of(context).MaySee(locationId) || await locations.FindAsync(locationId, context.RequestAborted) is not { } location)
        {
            return NoSuch(locationId);
        }
        if (!location.Active)
        {
            return TypedResults.Problem("Connect it again with PUT, then ask again.", statusCode: 409, title: "The location is inactive");
        }
        await tasks.HurryAsync(locationId, LocationTask.Audit, context.RequestAborted);
        return TypedResults.Accepted($"/api/locations/{locationId}/audits");
    }

    private const string Newest = "WHERE location_id = @locationId ORDER BY done_at DESC, audit_id DESC LIMIT 30";

    private static IResult NoSuch(string locationId) =>
        TypedResults.Problem($"No location '{locationId}' is connected; create it with PUT.", statusCode: 404, title: "There is no such location");
}

/// <summary>One audit. Times are Unix milliseconds UTC.</summary>
internal sealed record AuditView
{
    public required string AuditId { get; init; }

    /// <summary>Start of the time that was judged.</summary>
    public long FromAt { get; init; }

    /// <summary>End of the time that was judged.</summary>
    public long ToAt { get; init; }

    /// <summary>When it ended.</summary>
    public long DoneAt { get; init; }

    /// <summary>Conversations that were read.</summary>
    public long Conversations { get; init; }

    /// <summary>Conversations that could not be read: nothing is said of them.</summary>
    public long Skipped { get; init; }

    /// <summary>Outbound messages that were compared.</summary>
    public long Messages { get; init; }

    /// <summary>Second messages of one reply.</summary>
    public long Twins { get; init; }

    /// <summary>Messages sent through the API that no reply claims: ours by mistake, or another integration's.</summary>
    public long Orphans { get; init; }

    /// <summary>Replies that count as sent and that HighLevel does not list.</summary>
    public long Missing { get; init; }

    /// <summary>At most 500 differences.</summary>
    public IReadOnlyList<FindingView> Findings { get; init; } = [];
}

/// <summary>One difference.</summary>
internal sealed record FindingView
{
    [JsonIgnore]
    public string AuditId { get; init; } = "";

    /// <summary><c>twin</c>, <c>orphan</c> or <c>missing</c>.</summary>
    public required string Kind { get; init; }

    public required string ContactId { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>The turn whose reply it is about; null for an orphan.</summary>
    public string? TurnId { get; init; }

    /// <summary>HighLevel's message; null where the ledger has none.</summary>
    public string? MessageId { get; init; }

    /// <summary>When it was sent.</summary>
    public long At { get; init; }
}
