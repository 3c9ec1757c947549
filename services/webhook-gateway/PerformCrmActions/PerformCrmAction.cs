using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.GhlApi;

namespace EnterpriseHub.WebhookGateway.PerformCrmActions;

/// <summary>
/// The way of one CRM action: stored and claimed, called, settled. All but the enrolment may be repeated after an unknown outcome.
/// Replies go first: an action draws only what leaves their reserve, so it needs not wait for the reply of its own turn.
/// </summary>
internal sealed class PerformCrmAction(CrmActionTable table, CrmCalls calls, ILocations locations, TimeProvider time)
{
    private const int MostAttempts = 12;

    public async Task RunAsync(string actionId, CrmAction? planned, CancellationToken cancellation)
    {
        if (await table.ClaimAsync(actionId, planned, cancellation) is not { } claim)
        {
            return;
        }
        var action = claim.Action;
        var location = await locations.FindAsync(action.LocationId, CancellationToken.None);
        if (location is not { Active: true })
        {
            await FailAsync(action, "location_inactive");
        }
        else if (CrmCalls.Fault(action) is { } fault)
        {
            await FailAsync(action, fault);
        }
        else
        {
            // Claimed: carried through even while the process is told to stop.
            await SettleAsync(action, await calls.CallAsync(action, claim.Draw, CancellationToken.None));
        }
    }

    /// <summary>An action whose claimer gave no sign of life.</summary>
    public Task ReleaseAsync(CrmAction action, CancellationToken cancellation) => table.ReleaseAsync(action, MayRepeat(action), cancellation);

    private Task SettleAsync(CrmAction action, GhlResult<Done> result) => result.Outcome switch
    {
        GhlOutcome.Ok => table.SettleAsync(action, "done", null, unit => MirrorTags.ApplyAsync(unit, action, time), CancellationToken.None),
        GhlOutcome.Refused => FailAsync(action, result.Reason),
        GhlOutcome.Unknown when !MayRepeat(action) => table.SettleAsync(action, "held", "unconfirmed", null, CancellationToken.None),
        GhlOutcome.RateLimited => table.AgainAsync(action with { Attempts = action.Attempts - 1 }, result.RetryAfter, result.Reason, CancellationToken.None),
        _ when action.Attempts >= MostAttempts => FailAsync(action, result.Outcome == GhlOutcome.Unauthorized ? "needs_reconnect" : result.Reason),
        _ => table.AgainAsync(action, Wait(action.Attempts), result.Reason, CancellationToken.None),
    };

    private Task FailAsync(CrmAction action, string reason) => table.SettleAsync(action, "failed", reason, null, CancellationToken.None);

    private static bool MayRepeat(CrmAction action) => action.Action != CrmActionNames.EnrollInWorkflow;

    /// <summary>2 s, 4 s, 8 s, … 10 min: twelve attempts span about an hour.</summary>
    private static TimeSpan Wait(long attempts) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempts), 600));
}
