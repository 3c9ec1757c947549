using EnterpriseHub.Platform.Security;
using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary>The newest replays.</summary>
/// <param name="Replays">Newest first.</param>
internal sealed record ReplayPage(IReadOnlyList<ReplayView> Replays);

/// <summary>A replay and how far it is. Times are Unix milliseconds UTC.</summary>
internal sealed record ReplayView
{
    public required string ReplayId { get; init; }

    /// <summary>events or dead-letters.</summary>
    public required string Kind { get; init; }

    /// <summary>Public id of the API key that asked for it.</summary>
    public required string KeyId { get; init; }

    /// <summary>Empty: of more than one location.</summary>
    public required string LocationId { get; init; }

    /// <summary>The filter as JSON, or <c>ids</c>.</summary>
    public required string Asked { get; init; }

    /// <summary>running or done.</summary>
    public required string Status { get; init; }

    public long CreatedAt { get; init; }

    /// <summary>0 while it runs.</summary>
    public long FinishedAt { get; init; }

    public long Total { get; init; }

    public long Done { get; init; }

    public long Skipped { get; init; }

    public long Failed { get; init; }

    /// <summary>How many ended in which way.</summary>
    public IReadOnlyList<ReplayReason> Reasons { get; init; } = [];

    /// <summary>The newest 50 that the caller may see, or one.</summary>
    public static async Task<IReadOnlyList<ReplayView>> ListAsync(SqlSession session, Caller caller, string? replayId)
    {
        var replays = await session.QueryAsync<ReplayView>(
            """
            SELECT replay_id, kind, key_id, location_id, asked, status, created_at, finished_at FROM event_replay
            WHERE (@LocationId IS NULL OR location_id = @LocationId) AND (@replayId IS NULL OR replay_id = @replayId)
            ORDER BY seq DESC LIMIT 50
            """,
            new { caller.LocationId, replayId });
        if (replays.Count == 0)
        {
            return [];
        }
        var counts = (await session.QueryAsync<ReplayReason>(
            "SELECT replay_id, state, reason, COUNT(*) AS count FROM event_replay_item WHERE replay_id IN @ids GROUP BY replay_id, state, reason ORDER BY state, reason",
            new { ids = replays.Select(replay => replay.ReplayId).ToArray() })).ToLookup(count => count.ReplayId, StringComparer.Ordinal);
        return [.. replays.Select(replay => replay.With([.. counts[replay.ReplayId]]))];
    }

    private ReplayView With(IReadOnlyList<ReplayReason> counts) => this with
    {
        Total = counts.Sum(count => count.Count),
        Done = Of(counts, "done"),
        Skipped = Of(counts, "skipped"),
        Failed = Of(counts, "failed"),
        Reasons = [.. counts.Where(count => count.State != "pending")],
    };

    private static long Of(IReadOnlyList<ReplayReason> counts, string state) => counts.Where(count => count.State == state).Sum(count => count.Count);
}

/// <summary>Items of a replay that ended in one way.</summary>
internal sealed record ReplayReason
{
    [System.Text.Json.Serialization.JsonIgnore]
    public string ReplayId { get; init; } = string.Empty;

    /// <summary>done, skipped or failed.</summary>
    public required string State { get; init; }

    /// <summary>A word of <see cref="ReplayOutcome"/>, or the type name of an exception.</summary>
    public required string Reason { get; init; }

    public long Count { get; init; }
}
