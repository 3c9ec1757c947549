using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.DeliverReply;
using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.PerformCrmActions;

/// <summary>The CRM action table: claimed before the call, one holder across all processes.</summary>
internal sealed class CrmActionTable(GatewayDatabase database, RateBudget budget, IOptions<DeliveryOptions> options, TimeProvider time)
{
    private const string Columns = "action_id, location_id, contact_id, action, command, state, attempts";

    /// <summary>Stores a new action when one is given, draws a call for it and claims it.</summary>
    /// <returns>Null when it is not due, held by another, settled, or out of budget.</returns>
    public Task<(CrmAction Action, RateDraw Draw)?> ClaimAsync(string actionId, CrmAction? planned, CancellationToken cancellation) => database.WriteAsync<(CrmAction, RateDraw)?>(
        async unit =>
        {
            if (planned is not null)
            {
                unit.Add(
                    """
                    INSERT INTO crm_action (action_id, location_id, contact_id, action, command, state, due_at, planned_at)
                    VALUES (@ActionId, @LocationId, @ContactId, @Action, @Command, 'planned', now_ms(), now_ms())
                    ON CONFLICT DO NOTHING
                    """,
                    planned);
            }
            var claimed = await unit.FirstOrDefaultAsync<CrmAction>(
                $"""
                UPDATE crm_action SET state = 'running', attempts = attempts + 1, due_at = now_ms() + @lease
                WHERE action_id = @actionId AND state = 'planned' AND due_at <= now_ms()
                RETURNING {Columns}
                """,
                new { actionId, lease = (long)options.Value.CrmLease.TotalMilliseconds });
            if (claimed is null)
            {
                return null;
            }
            var draw = await budget.DrawAsync(unit, claimed.LocationId, DrawFor.Other);
            if (draw.Granted)
            {
                return (claimed, draw);
            }
            await WaitAsync(unit, claimed with { Attempts = claimed.Attempts - 1 }, draw.Wait, "rate_limited");
            return null;
        },
        cancellation);

    public Task<IReadOnlyList<CrmAction>> DueAsync(CancellationToken cancellation) => database.ReadAsync(
        session => session.QueryAsync<CrmAction>(
            $"SELECT {Columns} FROM crm_action WHERE state IN ('planned', 'running') AND due_at <= now_ms() ORDER BY due_at LIMIT 100"),
        cancellation);

    /// <summary>The claimer died: an action that may be repeated is due again, another is held.</summary>
    public Task<bool> ReleaseAsync(CrmAction action, bool mayRepeat, CancellationToken cancellation) => database.TryWriteAsync(
        async unit => mayRepeat
            ? await unit.ExecuteAsync(
                "UPDATE crm_action SET state = 'planned', reason = 'no_outcome' WHERE action_id = @ActionId AND state = 'running' AND due_at <= now_ms()", action) == 1
            : await SettleAsync(unit, action, "held", "unconfirmed"),
        cancellation);

    public Task<bool> AgainAsync(CrmAction action, TimeSpan wait, string reason, CancellationToken cancellation) =>
        database.TryWriteAsync(async unit => await WaitAsync(unit, action, wait, reason) == 1, cancellation);

    public Task<bool> SettleAsync(CrmAction action, string state, string? reason, Func<UnitOfWork, Task>? also, CancellationToken cancellation) =>
        database.TryWriteAsync(
            async unit =>
            {
                if (also is not null)
                {
                    await also(unit);
                }
                return await SettleAsync(unit, action, state, reason);
            },
            cancellation);

    private static Task<int> WaitAsync(UnitOfWork unit, CrmAction action, TimeSpan wait, string reason) => unit.ExecuteAsync(
        "UPDATE crm_action SET state = 'planned', attempts = @Attempts, reason = @reason, due_at = now_ms() + @wait WHERE action_id = @ActionId AND state = 'running'",
        new { action.ActionId, action.Attempts, reason, wait = (long)wait.TotalMilliseconds });

    private async Task<bool> SettleAsync(UnitOfWork unit, CrmAction action, string state, string? reason)
    {
        var changed = await unit.ExecuteAsync(
            "UPDATE crm_action SET state = @state, reason = @reason, settled_at = now_ms() WHERE action_id = @ActionId AND state = 'running'",
            new { action.ActionId, state, reason });
        if (changed == 1)
        {
            unit.Publish(new CrmActionSettled
            {
                ActionId = action.ActionId,
                LocationId = action.LocationId,
                ContactId = action.ContactId,
                Action = action.Action,
                State = state,
                Reason = reason,
                At = time.GetUtcNow(),
            });
        }
        return changed == 1;
    }
}
