using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Observability;
using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>Milliseconds since the claim at which the body was written and the answer read.</summary>
internal sealed record SendTimes(double? Posted, double? Answered);

/// <summary>Ends a reply: the row and the event that tells of it, in one transaction.</summary>
internal static class ReplySettlement
{
    /// <summary>Settles a reply that is in one of <paramref name="from"/>.</summary>
    /// <returns>False when it was settled already.</returns>
    public static async Task<bool> SettleAsync(
        UnitOfWork unit, Reply reply, ReplyState state, string? reason, TimeProvider time,
        string? messageId = null, SendTimes? times = null, params string[] from)
    {
        // A message id belongs to one row; where another has it, this row goes without.
        var changed = await unit.ExecuteAsync(
            $"""
            UPDATE outbound_message SET state = @to, reason = @reason, settled_at = now_ms(), blocked_since = 0,
              ghl_message_id = CASE WHEN EXISTS (SELECT 1 FROM outbound_message other
                WHERE other.location_id = @LocationId AND other.ghl_message_id = @messageId) THEN NULL ELSE @messageId END
            WHERE turn_id = @TurnId AND part = @Part AND state IN ('{string.Join("', '", from)}')
            """,
            new { to = Name(state), reason, messageId, reply.LocationId, reply.TurnId, reply.Part });
        if (changed == 0)
        {
            return false;
        }
        var stages = Stages(reply, times);
        unit.Publish(Told(reply, state, reason, time) with { GhlMessageId = messageId, StageMs = stages.ToDictionary(reached => reached.Stage, reached => reached.Ms) });
        DeliveryMetrics.Settled(state, reason);
        HubMetrics.Reached(stages);
        return true;
    }

    /// <summary>Tells again how a reply ended: its command came again, so the first report may be lost. It is counted once, by its turn.</summary>
    public static void TellAgain(UnitOfWork unit, Reply reply, TimeProvider time)
    {
        if (Ends.TryGetValue(reply.State, out var state))
        {
            unit.Publish(Told(reply, state, reply.Reason, time));
        }
    }

    private static ReplySettled Told(Reply reply, ReplyState state, string? reason, TimeProvider time) => new()
    {
        TurnId = reply.TurnId,
        LocationId = reply.LocationId,
        ConversationId = reply.ConversationId,
        ContactId = reply.ContactId,
        State = state,
        Reason = reason,
        AnswersUpToSeq = reply.AnswersUpToSeq,
        At = time.GetUtcNow(),
    };

    private static List<StageTime> Stages(Reply reply, SendTimes? times)
    {
        var stages = new List<StageTime>();
        if (reply.CommandedAt is { } commanded)
        {
            stages.Add(new(TurnStages.Commanded, (commanded - DateTimeOffset.FromUnixTimeMilliseconds(reply.ReceivedAt)).TotalMilliseconds));
        }
        if (reply.SendStartedAt > 0)
        {
            var claimed = (double)(reply.SendStartedAt - reply.ReceivedAt);
            stages.Add(new(TurnStages.Claimed, claimed));
            if (times?.Posted is { } posted)
            {
                stages.Add(new(TurnStages.Posted, claimed + posted));
            }
            if (times?.Answered is { } answered)
            {
                stages.Add(new(TurnStages.Answered, claimed + answered));
            }
        }
        return stages;
    }

    private static readonly Dictionary<string, ReplyState> Ends = new(StringComparer.Ordinal)
    {
        [ReplyStates.Sent] = ReplyState.Sent,
        [ReplyStates.Superseded] = ReplyState.Superseded,
        [ReplyStates.Suppressed] = ReplyState.Suppressed,
        [ReplyStates.Held] = ReplyState.Held,
        [ReplyStates.Failed] = ReplyState.Failed,
    };

    private static string Name(ReplyState state) => Ends.First(end => end.Value == state).Key;
}
