using System.Text.Json;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.Storage;
using MassTransit;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary>Puts down a replay, its items and its line in the audit in one transaction.</summary>
internal sealed class StartReplay(GatewayDatabase database)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <returns>The replay's id; null when something that was named is not there for this caller.</returns>
    public async Task<string?> RunAsync(Caller caller, LogTable log, ReplayRequest wish, CancellationToken cancellation)
    {
        var filter = (wish.Filter ?? new EventFilter()).For(caller);
        if (filter is null)
        {
            return null;
        }
        var replayId = NewId.NextGuid().ToString();
        var started = await database.TryWriteAsync(
            async unit =>
            {
                var found = wish.Ids is { } ids
                    ? await AddNamedAsync(unit, log, replayId, [.. ids.Distinct(StringComparer.Ordinal)], caller)
                    : await AddMatchingAsync(unit, log, replayId, filter, wish.Limit);
                if (found is null)
                {
                    return false;
                }
                // Without the ids: the items have them.
                var asked = wish.Ids is null ? JsonSerializer.Serialize(filter, Json) : "ids";
                var location = caller.LocationId ?? filter.LocationId
                    ?? await unit.FirstOrDefaultAsync<string>(
                        "SELECT CASE WHEN MIN(location_id) = MAX(location_id) THEN MIN(location_id) ELSE '' END FROM event_replay_item WHERE replay_id = @replayId", new { replayId })
                    ?? string.Empty;
                await unit.ExecuteAsync(
                    "INSERT INTO event_replay (replay_id, kind, key_id, location_id, asked, created_at) VALUES (@replayId, @Kind, @KeyId, @location, @asked, now_ms())",
                    new { replayId, log.Kind, caller.KeyId, location, asked });
                await EventAudit.WriteAsync(unit, caller, "replay", location, replayId, $"{log.Kind}, {found}, {asked}");
                return true;
            },
            cancellation);
        return started ? replayId : null;
    }

    private static async Task<int?> AddNamedAsync(UnitOfWork unit, LogTable log, string replayId, string[] ids, Caller caller)
    {
        var added = await unit.ExecuteAsync(
            $"""
            INSERT INTO event_replay_item (replay_id, number, kind, item_id, location_id)
            SELECT @replayId, seq, @Kind, {log.Id}, location_id FROM {log.Name} WHERE {log.Id} IN @ids AND (@LocationId IS NULL OR location_id = @LocationId)
            """,
            new { replayId, log.Kind, ids, caller.LocationId });
        return added == ids.Length ? added : null;
    }

    private static async Task<int?> AddMatchingAsync(UnitOfWork unit, LogTable log, string replayId, EventFilter filter, int limit) => await unit.ExecuteAsync(
        $"""
        INSERT INTO event_replay_item (replay_id, number, kind, item_id, location_id)
        SELECT @ReplayId, seq, '{log.Kind}', {log.Id}, location_id FROM {log.Name}
        WHERE seq > @After AND seq < @Before AND {log.Matches} ORDER BY seq DESC LIMIT @Limit
        """,
        LogTable.Arguments(filter, limit: limit, replayId: replayId));
}
