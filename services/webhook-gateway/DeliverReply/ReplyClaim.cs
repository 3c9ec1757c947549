using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Observability;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.MirrorContacts;
using EnterpriseHub.WebhookGateway.RelayOutbox;
using EnterpriseHub.WebhookGateway.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>
/// Gate and claim in one transaction: a STOP, a newer message or another instance is either seen here, or sees the claim.
/// The transaction is over before anything is posted.
/// </summary>
internal sealed class ReplyClaim(GatewayDatabase database, RateBudget budget, IOptions<DeliveryOptions> options, TimeProvider time)
{
    private readonly GateLimits _limits = GateLimits.Of(options.Value);

    /// <summary>Tries to claim a reply, after storing it when <paramref name="command"/> brings it.</summary>
    /// <param name="due">Which reply.</param>
    /// <param name="command">Its command; null where the ledger has it.</param>
    /// <param name="location">Its location; null when nobody connected it.</param>
    /// <param name="noToken">Why there is no token; null: there is one.</param>
    /// <param name="mayAsk">The caller can still ask GHL for the contact: then <see cref="Claim.ContactUnknown"/> instead of a wait.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Claim> TryAsync(
        DueReply due, SendReply? command, LocationSettings? location, string? noToken, bool mayAsk, CancellationToken cancellation)
    {
        using var span = HubActivity.Source.StartActivity("deliver.claim");
        return await database.WriteAsync(unit => TryAsync(unit, due, command, location, noToken, mayAsk), cancellation);
    }

    private async Task<Claim> TryAsync(UnitOfWork unit, DueReply due, SendReply? command, LocationSettings? location, string? noToken, bool mayAsk)
    {
        if (command is not null)
        {
            ReplyPlan.Store(unit, command);
        }
        var mirror = await MirrorTable.LockAsync(unit, due.LocationId, due.ContactId);
        if (await ReplyFacts.LockAsync(unit, due.Key) is not { } row)
        {
            return Claim.Lost.It;
        }
        var reply = row with { CommandedAt = due.CommandedAt };
        if (reply.State != ReplyStates.Planned)
        {
            if (command is not null)
            {
                ReplySettlement.TellAgain(unit, reply, time);
            }
            return Claim.Lost.It;
        }
        if (Channels.Fault(reply.Channel, reply.Body) is { } fault)
        {
            return await EndAsync(unit, reply, ReplyState.Failed, fault);
        }
        var facts = await ReplyFacts.ReadAsync(unit, reply, mirror, location, noToken, time);
        return SendGate.Decide(facts, _limits) switch
        {
            { Reason: SendGate.ContactUnknown } when mayAsk => Claim.ContactUnknown.It,
            GateVerdict.Supersede supersede => await EndAsync(unit, reply, ReplyState.Superseded, supersede.Reason),
            GateVerdict.Suppress suppress => await EndAsync(unit, reply, ReplyState.Suppressed, suppress.Reason),
            GateVerdict.Hold hold => await EndAsync(unit, reply, ReplyState.Held, hold.Reason),
            GateVerdict.Wait { Reason: SendGate.EarlierText } wait => await RingAsync(unit, reply, location!, wait.Until - facts.Now),
            GateVerdict.Wait wait => await WaitAsync(unit, reply, wait.Until - facts.Now, wait.Reason, wait.IsTrouble),
            _ => await ClaimAsync(unit, reply),
        };
    }

    private async Task<Claim> ClaimAsync(UnitOfWork unit, Reply reply)
    {
        var at = time.GetTimestamp();
        var draw = await budget.DrawAsync(unit, reply.LocationId, DrawFor.Reply);
        if (!draw.Granted)
        {
            return await WaitAsync(unit, reply, draw.Wait, "rate_limited", isTrouble: false);
        }
        var message = await ReplyThread.ComposeAsync(unit, reply);
        var claimed = await unit.FirstOrDefaultAsync<Reply>(
            $"""
            UPDATE outbound_message SET state = 'sending', reason = NULL, send_started_at = now_ms(), due_at = now_ms() + @timeout,
              blind_posts = blind_posts + 1
            WHERE turn_id = @TurnId AND part = @Part AND state = 'planned' AND blind_posts < 2
            RETURNING {Reply.Columns}
            """,
            new { reply.TurnId, reply.Part, timeout = (long)options.Value.SendingTimeout.TotalMilliseconds });
        return claimed is null
            ? await EndAsync(unit, reply, ReplyState.Held, "unconfirmed")
            : new Claim.Won(claimed with { CommandedAt = reply.CommandedAt }, message, draw, at);
    }

    private async Task<Claim> EndAsync(UnitOfWork unit, Reply reply, ReplyState state, string reason)
    {
        await ReplySettlement.SettleAsync(unit, reply, state, reason, time, from: [ReplyStates.Planned]);
        return Claim.Lost.It;
    }

    /// <summary>Announces the messages again that no turn has taken, and waits for them.</summary>
    private static async Task<Claim> RingAsync(UnitOfWork unit, Reply reply, LocationSettings location, TimeSpan wait)
    {
        var earlier = await unit.QueryAsync<OpenEvent>(
            $"""
            SELECT {OpenEvent.Columns} FROM inbound_event
            WHERE location_id = @LocationId AND conversation_id = @ConversationId AND seq < @AnswersUpToSeq AND settled_at = 0 AND status = 'accepted'
            ORDER BY seq LIMIT 20
            """,
            reply);
        foreach (var row in earlier)
        {
            if (row.Announcement(location) is { } again)
            {
                unit.Publish(again);
            }
        }
        return await WaitAsync(unit, reply, wait, SendGate.EarlierText, isTrouble: false);
    }

    private static async Task<Claim> WaitAsync(UnitOfWork unit, Reply reply, TimeSpan wait, string reason, bool isTrouble)
    {
        await unit.ExecuteAsync(
            """
            UPDATE outbound_message SET due_at = now_ms() + @wait, reason = @reason,
              blocked_since = CASE WHEN @trouble = 0 THEN 0 WHEN blocked_since = 0 THEN now_ms() ELSE blocked_since END
            WHERE turn_id = @TurnId AND part = @Part AND state = 'planned'
            """,
            new { reply.TurnId, reply.Part, wait = (long)Math.Max(wait.TotalMilliseconds, 20), reason, trouble = isTrouble ? 1L : 0L });
        return Claim.Lost.It;
    }
}
