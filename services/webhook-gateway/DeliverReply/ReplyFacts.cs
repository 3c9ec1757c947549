using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.MirrorContacts;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>Reads what the gate looks at, under the locks of the claim.</summary>
internal static class ReplyFacts
{
    /// <summary>
    /// An accepted text that a turn answers or answered. What no turn answers (a call, a late text, our echo) must not supersede a
    /// reply, because nothing would come in its place. Open rows count too: an older version stores them without the mark.
    /// </summary>
    private const string IsInbound = "i.status IN ('accepted', 'parked') AND (i.awaits_turn = 1 OR i.settled_at = 0)";

    private const string Locked =
        $$"""
        SELECT {{Reply.Columns}},
          CAST(CASE WHEN EXISTS (SELECT 1 FROM inbound_event i WHERE i.location_id = o.location_id AND i.conversation_id = o.conversation_id
            AND i.seq > o.answers_up_to_seq AND {{IsInbound}}) THEN 1 ELSE 0 END AS BIGINT) AS newer_inbound,
          CAST(CASE WHEN EXISTS (SELECT 1 FROM outbound_message e WHERE e.location_id = o.location_id AND e.conversation_id = o.conversation_id
            AND e.epoch < o.epoch AND e.state IN ('planned', 'sending', 'unknown')) THEN 1 ELSE 0 END AS BIGINT) AS earlier_open,
          CAST(CASE WHEN EXISTS (SELECT 1 FROM outbound_message l WHERE l.location_id = o.location_id AND l.conversation_id = o.conversation_id
            AND l.epoch > o.epoch AND l.state = 'sent') THEN 1 ELSE 0 END AS BIGINT) AS later_sent,
          COALESCE((SELECT MIN(i.accepted_at) FROM inbound_event i WHERE i.location_id = o.location_id AND i.conversation_id = o.conversation_id
            AND i.seq < o.answers_up_to_seq AND i.settled_at = 0 AND i.status = 'accepted' AND i.accepted_at > now_ms() - 600000), 0) AS earlier_text_at
        FROM outbound_message o WHERE o.turn_id = @TurnId AND o.part = @Part {for_update}
        """;

    /// <summary>Locks the row and looks around it; null when it is not there.</summary>
    public static Task<LockedReply?> LockAsync(UnitOfWork unit, ReplyKey key) => unit.FirstOrDefaultAsync<LockedReply>(Locked, key);

    public static async Task<GateFacts> ReadAsync(UnitOfWork unit, LockedReply locked, MirrorRow mirror, LocationSettings? location, string? noToken, TimeProvider time)
    {
        var reply = locked;
        if (reply.EarlierOpen != 0 && await SupersedeEarlierAsync(unit, reply, time))
        {
            reply = (await LockAsync(unit, reply.Key))!;
        }
        var follows = reply.Follows.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var followed = follows.Length == 0 ? [] : await unit.QueryAsync<string>(
            "SELECT state FROM outbound_message WHERE location_id = @LocationId AND part = 0 AND turn_id IN @follows", new { reply.LocationId, follows });
        return new()
        {
            Now = Time(reply.Now),
            Channel = reply.Channel,
            DecidedAt = Time(reply.DecidedAt),
            BlockedSince = reply.BlockedSince > 0 ? Time(reply.BlockedSince) : null,
            NewerInbound = reply.NewerInbound != 0,
            EarlierOpen = reply.EarlierOpen != 0,
            LaterSent = reply.LaterSent != 0,
            EarlierTextAt = reply.EarlierTextAt > 0 ? Time(reply.EarlierTextAt) : null,
            WaitedForText = reply.Reason == SendGate.EarlierText,
            EarlierMissing = followed.Count < follows.Length,
            EarlierSuperseded = followed.Contains(ReplyStates.Superseded),
            OptedOut = mirror.OptedOutAt > 0,
            TakeoverUntil = Time(mirror.TakeoverUntil),
            Contact = mirror.Contact,
            Location = location,
            NoToken = noToken,
        };
    }

    /// <summary>Earlier replies that a newer message made stale would only hold this one up.</summary>
    private static async Task<bool> SupersedeEarlierAsync(UnitOfWork unit, Reply reply, TimeProvider time)
    {
        var stale = await unit.QueryAsync<Reply>(
            $"""
            SELECT {Reply.Columns} FROM outbound_message o
            WHERE o.location_id = @LocationId AND o.conversation_id = @ConversationId AND o.epoch < @Epoch AND o.state = 'planned'
              AND EXISTS (SELECT 1 FROM inbound_event i WHERE i.location_id = o.location_id AND i.conversation_id = o.conversation_id
                AND i.seq > o.answers_up_to_seq AND {IsInbound})
            """,
            reply);
        foreach (var earlier in stale)
        {
            await ReplySettlement.SettleAsync(
                unit, earlier, Contracts.Conversations.ReplyState.Superseded, "newer_message", time, from: [ReplyStates.Planned]);
        }
        return stale.Count > 0;
    }

    private static DateTimeOffset Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, 0, 253_402_300_799_999));
}

/// <summary>A reply and what stands around it in its conversation; flags are 0 or 1.</summary>
internal sealed record LockedReply : Reply
{
    public long NewerInbound { get; init; }

    public long EarlierOpen { get; init; }

    public long LaterSent { get; init; }

    /// <summary>0: there is none.</summary>
    public long EarlierTextAt { get; init; }
}
