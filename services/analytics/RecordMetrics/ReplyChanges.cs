using EnterpriseHub.Contracts.Conversations;

namespace EnterpriseHub.Analytics.RecordMetrics;

/// <summary>The two ends of a reply, in either order: what was decided and has not settled still waits.</summary>
internal static class ReplyChanges
{
    public static RowChange Decided(TurnDecided turn) => new(
        $"reply/{turn.TurnId}",
        """
        INSERT INTO reply (turn_id, location_id, decided_at) VALUES (@TurnId, @LocationId, @At)
        ON CONFLICT (turn_id) DO UPDATE SET decided_at = excluded.decided_at
        """,
        new { turn.TurnId, turn.LocationId, At = turn.DecidedAt.ToUnixTimeMilliseconds() });

    public static RowChange Settled(ReplySettled reply, string state) => new(
        $"reply/{reply.TurnId}",
        """
        INSERT INTO reply (turn_id, location_id, settled_at, state) VALUES (@TurnId, @LocationId, @At, @state)
        ON CONFLICT (turn_id) DO UPDATE SET settled_at = excluded.settled_at, state = excluded.state
        WHERE reply.settled_at <= excluded.settled_at
        """,
        new { reply.TurnId, reply.LocationId, state, At = reply.At.ToUnixTimeMilliseconds() });
}
