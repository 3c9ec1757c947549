using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.DeliverReply;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ReconcileDeliveries;

/// <summary>The ledger's rows whose outcome is not known. Every write is guarded by the number of reads: two instances count once.</summary>
internal sealed class UnknownSends(GatewayDatabase database, TimeProvider time)
{
    /// <summary>Claims without an outcome become unknown: their process died or stood still.</summary>
    public async Task<int> ExpireAsync(TimeSpan timeout, TimeSpan firstRead, CancellationToken cancellation)
    {
        var late = new { timeout = (long)timeout.TotalMilliseconds, wait = (long)firstRead.TotalMilliseconds };
        const string Where = "WHERE state = 'sending' AND due_at <= now_ms() AND send_started_at <= now_ms() - @timeout";
        // Almost always there is none: look before taking the writer's place.
        var some = await database.ReadAsync(session => session.FirstOrDefaultAsync<long>($"SELECT COUNT(*) FROM outbound_message {Where}", late), cancellation);
        return some == 0 ? 0 : await database.WriteAsync(
            unit => unit.ExecuteAsync(
                $"UPDATE outbound_message SET state = 'unknown', reason = 'no_outcome', reads = 0, blocked_since = now_ms(), due_at = now_ms() + @wait {Where}",
                late),
            cancellation);
    }

    public Task<IReadOnlyList<DueReply>> DueAsync(CancellationToken cancellation) => database.ReadAsync(
        session => session.QueryAsync<DueReply>(
            "SELECT turn_id, part, location_id, contact_id FROM outbound_message WHERE state = 'unknown' AND due_at <= now_ms() ORDER BY due_at LIMIT 100"),
        cancellation);

    public Task<Reply?> FindAsync(ReplyKey key, CancellationToken cancellation) => database.ReadAsync(
        session => session.FirstOrDefaultAsync<Reply>(
            $"SELECT {Reply.Columns} FROM outbound_message WHERE turn_id = @TurnId AND part = @Part AND state = 'unknown' AND due_at <= now_ms()", key),
        cancellation);

    /// <summary>Ids under which webhooks reported the text as sent.</summary>
    public Task<IReadOnlyList<string>> ObservedAsync(Reply reply, CancellationToken cancellation) => database.ReadAsync(
        session => session.QueryAsync<string>(
            """
            SELECT message_id FROM observed_outbound
            WHERE location_id = @LocationId AND contact_id = @ContactId AND body_hash = @BodyHash AND at >= @since
            ORDER BY at
            """,
            new { reply.LocationId, reply.ContactId, reply.BodyHash, since = reply.SendStartedAt - (long)Match.ClockSlack.TotalMilliseconds }),
        cancellation);

    /// <summary>Settles as sent under the first id that no other reply has.</summary>
    /// <returns>False when others have them all: then it is not there.</returns>
    public Task<bool> SentAsync(Reply reply, IReadOnlyList<string> messageIds, CancellationToken cancellation) => database.TryWriteAsync(
        async unit =>
        {
            foreach (var id in messageIds)
            {
                if (!await IsTakenAsync(unit, reply.LocationId, id))
                {
                    return await SettleAsync(unit, reply, ReplyState.Sent, null, id);
                }
            }
            return false;
        },
        cancellation);

    public Task<bool> EndAsync(Reply reply, ReplyState state, string reason, CancellationToken cancellation) =>
        database.TryWriteAsync(unit => SettleAsync(unit, reply, state, reason, null), cancellation);

    /// <summary>Looks again later; a read that failed does not count.</summary>
    public Task<bool> LaterAsync(Reply reply, TimeSpan wait, bool counts, CancellationToken cancellation) => database.TryWriteAsync(
        async unit => await unit.ExecuteAsync(
            "UPDATE outbound_message SET due_at = now_ms() + @wait, reads = reads + @read "
            + "WHERE turn_id = @TurnId AND part = @Part AND state = 'unknown' AND reads = @Reads",
            new { wait = (long)Math.Max(wait.TotalMilliseconds, 20), read = counts ? 1L : 0L, reply.TurnId, reply.Part, reply.Reads }) == 1,
        cancellation);

    /// <summary>Surely not there: planned once more; the gate says whether it is still wanted.</summary>
    public Task<bool> PlanAgainAsync(Reply reply, CancellationToken cancellation) => database.TryWriteAsync(
        async unit => await unit.ExecuteAsync(
            "UPDATE outbound_message SET state = 'planned', reason = 'resend', due_at = now_ms(), blocked_since = 0 "
            + "WHERE turn_id = @TurnId AND part = @Part AND state = 'unknown' AND reads = @Reads AND blind_posts < 2",
            reply) == 1,
        cancellation);

    private static async Task<bool> IsTakenAsync(UnitOfWork unit, string locationId, string messageId) => await unit.FirstOrDefaultAsync<long>(
        "SELECT COUNT(*) FROM outbound_message WHERE location_id = @locationId AND ghl_message_id = @messageId",
        new { locationId, messageId }) > 0;

    private Task<bool> SettleAsync(UnitOfWork unit, Reply reply, ReplyState state, string? reason, string? messageId) =>
        ReplySettlement.SettleAsync(unit, reply, state, reason, time, messageId, null, ReplyStates.Unknown);
}
