using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.Platform.Observability;
using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>What the caller of a POST may do next.</summary>
internal enum PostEnd
{
    /// <summary>Nothing: the row says the rest.</summary>
    Over,

    /// <summary>Try once more with a newer token.</summary>
    TokenRefused,
}

/// <summary>Posts a claimed reply once and writes down what is known then.</summary>
internal sealed class ReplyPost(
    GatewayDatabase database, GhlClient client, RateBudget budget, IOptions<DeliveryOptions> options, TimeProvider time)
{
    public async Task<PostEnd> SendAsync(Claim.Won won, string token)
    {
        double? posted = null;
        bool MayStillWrite()
        {
            var age = time.GetElapsedTime(won.At);
            posted = age.TotalMilliseconds;
            return age <= options.Value.ClaimLifetime;
        }
        using var span = HubActivity.Source.StartActivity("deliver.post");
        var answer = await client.CallAsync(MessageCalls.Send(won.Message, MayStillWrite), token, CancellationToken.None);
        Failpoint.Hit("S5");
        var times = new SendTimes(posted, time.GetElapsedTime(won.At).TotalMilliseconds);
        await SettleAsync(won.Reply, answer.Result, times);
        await budget.ObserveAsync(won.Reply.LocationId, won.Draw, answer.Rate, CancellationToken.None);
        return answer.Result.Outcome == GhlOutcome.Unauthorized ? PostEnd.TokenRefused : PostEnd.Over;
    }

    private Task<bool> SettleAsync(Reply reply, GhlResult<SentMessage> result, SendTimes times) => result switch
    {
        { Outcome: GhlOutcome.Ok } => EndAsync(reply, ReplyState.Sent, null, result.Value!.MessageId, times),
        { Outcome: GhlOutcome.Unknown } => UnknownAsync(reply, result.Reason),
        // It stays claimed: whether the frozen moment lay before or after the write is for reconciliation to say.
        { Outcome: GhlOutcome.NotSent, Reason: GhlClient.ClaimTooOld } => Task.FromResult(false),
        { Outcome: GhlOutcome.NotSent } => AgainAsync(reply, Backoff.After(Lasted(reply), 5, 300), result.Reason, isTrouble: true),
        { Outcome: GhlOutcome.RateLimited } => AgainAsync(reply, result.RetryAfter, result.Reason, isTrouble: false),
        { Outcome: GhlOutcome.Unauthorized } when Lasted(reply) >= options.Value.HoldAfter => EndAsync(reply, ReplyState.Held, "needs_reconnect", null, times),
        { Outcome: GhlOutcome.Unauthorized } => AgainAsync(reply, Backoff.After(Lasted(reply), 1, 60), result.Reason, isTrouble: true),
        { Reason: Refusals.Dnd } => DndAsync(reply, times),
        { Reason: Refusals.Forbidden } => EndAsync(reply, ReplyState.Held, result.Reason, null, times),
        _ => EndAsync(reply, ReplyState.Failed, result.Reason, null, times),
    };

    private static TimeSpan Lasted(Reply reply) =>
        reply.BlockedSince > 0 ? TimeSpan.FromMilliseconds(reply.Now - reply.BlockedSince) : TimeSpan.Zero;

    private Task<bool> EndAsync(Reply reply, ReplyState state, string? reason, string? messageId, SendTimes times) => database.TryWriteAsync(
        async unit =>
        {
            // Sent is sent, whatever was thought meanwhile while this process stood still.
            string[] from = state == ReplyState.Sent
                ? [ReplyStates.Sending, ReplyStates.Unknown, ReplyStates.Planned]
                : [ReplyStates.Sending, ReplyStates.Unknown];
            var settled = await ReplySettlement.SettleAsync(unit, reply, state, reason, time, messageId, times, from);
            if (settled && state == ReplyState.Sent)
            {
                DeliveryMetrics.EndToEnd(reply.SendStartedAt - reply.ReceivedAt + (times.Answered ?? 0));
            }
            return settled;
        },
        CancellationToken.None);

    private Task<bool> DndAsync(Reply reply, SendTimes times) => database.TryWriteAsync(
        async unit =>
        {
            await DndMark.StoreAsync(unit, reply, time);
            return await ReplySettlement.SettleAsync(
                unit, reply, ReplyState.Suppressed, Refusals.Dnd, time, null, times, ReplyStates.Sending, ReplyStates.Unknown);
        },
        CancellationToken.None);

    /// <summary>A definite no: the post does not count, and the reply waits for its next turn.</summary>
    private Task<bool> AgainAsync(Reply reply, TimeSpan wait, string reason, bool isTrouble) => database.TryWriteAsync(
        async unit => await unit.ExecuteAsync(
            """
            UPDATE outbound_message SET state = 'planned', reason = @reason, due_at = now_ms() + @wait, blind_posts = blind_posts - 1,
              blocked_since = CASE WHEN @trouble = 0 THEN 0 WHEN blocked_since = 0 THEN now_ms() ELSE blocked_since END
            WHERE turn_id = @TurnId AND part = @Part AND state IN ('sending', 'unknown') AND send_started_at = @SendStartedAt
            """,
            new { reason, wait = (long)wait.TotalMilliseconds, trouble = isTrouble ? 1L : 0L, reply.TurnId, reply.Part, reply.SendStartedAt }) == 1,
        CancellationToken.None);

    private Task<bool> UnknownAsync(Reply reply, string reason)
    {
        DeliveryMetrics.Unknown(reason);
        return database.TryWriteAsync(
            async unit => await unit.ExecuteAsync(
                // Its webhook may have been faster than the answer that failed: then it is looked at at once.
                """
                UPDATE outbound_message SET state = 'unknown', reason = @reason, reads = 0, blocked_since = now_ms(),
                  due_at = now_ms() + CASE WHEN EXISTS (SELECT 1 FROM observed_outbound seen WHERE seen.location_id = outbound_message.location_id
                    AND seen.contact_id = outbound_message.contact_id AND seen.body_hash = outbound_message.body_hash AND seen.at >= @since
                    AND NOT EXISTS (SELECT 1 FROM outbound_message taken WHERE taken.location_id = seen.location_id AND taken.ghl_message_id = seen.message_id))
                    THEN 0 ELSE @wait END
                WHERE turn_id = @TurnId AND part = @Part AND state = 'sending' AND send_started_at = @SendStartedAt
                """,
                new
                {
                    reason,
                    wait = (long)options.Value.Reads[0].TotalMilliseconds,
                    since = reply.SendStartedAt - (long)ReconcileDeliveries.Match.ClockSlack.TotalMilliseconds,
                    reply.TurnId,
                    reply.Part,
                    reply.SendStartedAt,
                }) == 1,
            CancellationToken.None);
    }
}
