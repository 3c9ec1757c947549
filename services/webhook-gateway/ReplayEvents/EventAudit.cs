using EnterpriseHub.Platform.Security;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary>What people did with the log. A line is written before what it tells of is shown or begun.</summary>
internal static class EventAudit
{
    public static Task<int> ReadBodyAsync(GatewayDatabase database, Caller caller, string locationId, string subject, CancellationToken cancellation) =>
        database.WriteAsync(unit => WriteAsync(unit, caller, "read_body", locationId, subject), cancellation);

    public static Task<int> WriteAsync(UnitOfWork unit, Caller caller, string action, string locationId, string subject, string details = "") => unit.ExecuteAsync(
        """
        INSERT INTO event_audit (at, key_id, action, location_id, subject, details) VALUES (now_ms(), @KeyId, @action, @locationId, @subject, @details)
        """,
        new { caller.KeyId, action, locationId, subject, details });

    public static Task<IReadOnlyList<AuditLine>> ListAsync(SqlSession session, Caller caller) => session.QueryAsync<AuditLine>(
        "SELECT at, key_id, action, location_id, subject, details FROM event_audit WHERE @LocationId IS NULL OR location_id = @LocationId ORDER BY seq DESC LIMIT 200",
        new { caller.LocationId });
}

/// <summary>The audit.</summary>
/// <param name="Lines">Newest first.</param>
internal sealed record AuditPage(IReadOnlyList<AuditLine> Lines);

/// <summary>One act of a person.</summary>
internal sealed record AuditLine
{
    /// <summary>When, Unix milliseconds UTC.</summary>
    public required long At { get; init; }

    /// <summary>Public id of the API key; GET /api/keys has its name.</summary>
    public required string KeyId { get; init; }

    /// <summary>read_body, replay or dismiss.</summary>
    public required string Action { get; init; }

    /// <summary>Empty: more than one location.</summary>
    public required string LocationId { get; init; }

    /// <summary>Id of the event, dead letter or replay.</summary>
    public required string Subject { get; init; }

    /// <summary>A replay's kind, number and filter.</summary>
    public required string Details { get; init; }
}
