using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary>One event or dead letter of a replay.</summary>
internal sealed record ReplayItem
{
    public required string ReplayId { get; init; }

    public required long Number { get; init; }

    public required string Kind { get; init; }

    public required string ItemId { get; init; }

    public required string LocationId { get; init; }

    public long Attempts { get; init; }

    /// <summary>Takes pending items in order; what a dead process took is free again after a minute.</summary>
    public static async Task<IReadOnlyList<ReplayItem>> ClaimAsync(UnitOfWork unit, int most) =>
        [.. (await unit.QueryAsync<ReplayItem>(
            """
            UPDATE event_replay_item SET claimed_until = now_ms() + 60000, attempts = attempts + 1
            WHERE (replay_id, number) IN (SELECT replay_id, number FROM event_replay_item WHERE state = 'pending' AND claimed_until < now_ms()
              ORDER BY number LIMIT @most {skip_locked})
            RETURNING replay_id, number, kind, item_id, location_id, attempts
            """,
            new { most = (long)most })).OrderBy(item => item.Number)];

    /// <summary>Ends the item, once.</summary>
    /// <returns>False when another process ended it.</returns>
    public async Task<bool> EndAsync(UnitOfWork unit, ReplayOutcome outcome) => await unit.ExecuteAsync(
        "UPDATE event_replay_item SET state = @State, reason = @Reason WHERE replay_id = @ReplayId AND number = @Number AND state = 'pending'",
        new { outcome.State, outcome.Reason, ReplayId, Number }) == 1;

    /// <summary>Closes replays that have nothing left to do.</summary>
    public static Task<int> FinishAsync(UnitOfWork unit) => unit.ExecuteAsync(
        """
        UPDATE event_replay SET status = 'done', finished_at = now_ms() WHERE status = 'running'
          AND NOT EXISTS (SELECT 1 FROM event_replay_item WHERE event_replay_item.replay_id = event_replay.replay_id AND state = 'pending')
        """);
}
