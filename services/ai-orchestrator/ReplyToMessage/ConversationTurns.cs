using System.Data.Common;
using EnterpriseHub.AiOrchestrator.Claude;
using EnterpriseHub.AiOrchestrator.Storage;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.Platform.Flow;
using EnterpriseHub.Platform.Observability;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>
/// Takes the turns of a conversation one at a time. The holder of the lease thinks at once and out loud to nobody,
/// starts over when a newer message comes, waits for the burst to settle, and commits under its epoch.
/// </summary>
internal sealed class ConversationTurns(
    TurnLeases leases,
    LoadTurn load,
    AwaitDelivery delivery,
    ReplyToMessageFlow flow,
    CommitTurn commit,
    ThinkingHere thinking,
    OrchestratorDatabase database,
    IOptions<OrchestratorOptions> options,
    TimeProvider time,
    ILogger<ConversationTurns> logger)
{
    /// <summary>Takes what waits in a conversation, unless somebody does already.</summary>
    public async Task RunAsync(ConversationKey key, CancellationToken cancellation)
    {
        if (await leases.TakeAsync(key, cancellation) is { } lease)
        {
            await RunAsync(lease, cancellation);
        }
    }

    /// <summary>Takes what waits under a lease that was just taken.</summary>
    public async Task RunAsync(Lease lease, CancellationToken cancellation)
    {
        for (var held = lease; held is not null; held = await leases.TakeAsync(lease.Key, cancellation))
        {
            if (!await HoldAsync(held, cancellation))
            {
                return;
            }
        }
    }

    /// <returns>True when newer messages wait for another turn.</returns>
    private async Task<bool> HoldAsync(Lease lease, CancellationToken cancellation)
    {
        using var thought = thinking.Begin(lease.Key);
        var clock = new StageClock(time);
        var leasedAt = clock.Now;
        var calls = new CallLog();
        string? withoutModel = null;
        string? awaited = null;
        try
        {
            Failpoint.Hit("O2");
            while (true)
            {
                var newer = thought.Renew();
                if (await load.RunAsync(lease, cancellation) is not { } loaded)
                {
                    return false;
                }
                if (loaded.Turn is not { } turn)
                {
                    if (await leases.ReleaseAsync(lease, loaded.Seen, cancellation))
                    {
                        return false;
                    }
                    continue;
                }
                if (loaded.PendingTurnId is { } pending && pending != awaited)
                {
                    awaited = pending;
                    await delivery.RunAsync(pending, cancellation);
                    continue;
                }
                withoutModel ??= turn.BudgetSpent ? "budget_spent" : loaded.Attempts >= options.Value.Attempts ? "model_unavailable" : null;
                var thoughts = await ThinkAsync(lease, loaded, turn, calls, withoutModel, new(clock, leasedAt, clock.Now), newer, cancellation);
                if (thoughts.Outcome is { } outcome)
                {
                    var committed = await commit.RunAsync(lease, loaded, outcome, calls.All, cancellation);
                    if (committed != Committed.OutOfDate)
                    {
                        return committed == Committed.MoreWaiting;
                    }
                }
                else if (thoughts.Failed is { } reason)
                {
                    if (loaded.Attempts + 1 < options.Value.Attempts && !thoughts.ForGood)
                    {
                        await PostponeAsync(lease, loaded.Attempts + 1, reason, calls, cancellation);
                        return false;
                    }
                    withoutModel = reason;
                }
            }
        }
        catch (Exception failure)
        {
            await GiveBackAsync(lease, stopping: failure is OperationCanceledException);
            throw;
        }
    }

    /// <summary>An outcome to commit, a failure, or neither: what was thought is out of date.</summary>
    private sealed record Thoughts(Outcome? Outcome = null, string? Failed = null, bool ForGood = false);

    private async Task<Thoughts> ThinkAsync(
        Lease lease, Loaded loaded, Turn turn, CallLog calls, string? withoutModel, TurnPassage passage, CancellationToken newer, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        using var think = CancellationTokenSource.CreateLinkedTokenSource(cancellation, loaded.PastCap ? CancellationToken.None : newer);
        using var resting = new CancellationTokenSource();
        var heart = BeatAsync(lease, loaded, think, resting.Token);
        try
        {
            var outcome = await flow.RunAsync(turn, calls, withoutModel, think.Token);
            outcome = outcome with { Passage = passage with { DecidedAt = passage.Clock.Now } };
            if (outcome.Verdict.Decision is Decision.Retry retry)
            {
                return loaded.Attempts + 1 < options.Value.Attempts
                    ? new Thoughts(Failed: retry.Reason)
                    : new Thoughts(outcome with { Verdict = outcome.Verdict with { Decision = new Decision.HandOver(null, retry.Reason) } });
            }
            var wait = loaded.SettlesIn - time.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, think.Token);
                outcome = outcome with { Passage = outcome.Passage with { WaitedAt = passage.Clock.Now } };
            }
            return new Thoughts(outcome);
        }
        catch (StepFailedException failed)
        {
            return new Thoughts(
                Failed: (failed.InnerException as ClaudeFailedException)?.Reason ?? "model_unavailable",
                ForGood: failed.InnerException is ClaudeFailedException { Failure: ClaudeFailure.Refused });
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Thoughts();
        }
        finally
        {
            await resting.CancelAsync();
            await heart;
        }
    }

    /// <summary>Keeps the lease while it thinks; a newer message, a lost lease or a lost store ends the thought.</summary>
    private async Task BeatAsync(Lease lease, Loaded loaded, CancellationTokenSource think, CancellationToken rest)
    {
        using var timer = new PeriodicTimer(options.Value.Heartbeat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(rest))
            {
                var arrived = await leases.RenewAsync(lease, rest);
                if (arrived is null || (arrived > loaded.Seen && !loaded.PastCap))
                {
                    await think.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (rest.IsCancellationRequested)
        {
            // The thought is through.
        }
        catch (DbException)
        {
            // The holder starts over, meets the same store, and fails with its own error.
            await think.CancelAsync();
        }
    }

    private async Task PostponeAsync(Lease lease, long attempts, string reason, CallLog calls, CancellationToken cancellation)
    {
        logger.LogWarning("Turn of conversation {ConversationId} failed: {Reason}, try {Attempt}", lease.Key.ConversationId, reason, attempts);
        TurnMetrics.Postponed(reason);
        await database.TryWriteAsync(
            unit =>
            {
                SpendRows.Insert(unit, lease.Key, "", calls.All);
                return Task.FromResult(true);
            },
            cancellation);
        await leases.PostponeAsync(lease, options.Value.WaitAfter(attempts), countsAsTry: true, cancellation);
    }

    /// <summary>Nobody has to wait for the lease to run out. After an error the sweep tries again later, after a stop at once.</summary>
    private async Task GiveBackAsync(Lease lease, bool stopping)
    {
        try
        {
            await leases.PostponeAsync(lease, stopping ? TimeSpan.Zero : options.Value.WaitAfter(1), countsAsTry: !stopping, CancellationToken.None);
        }
        catch (DbException lost)
        {
            logger.LogWarning("Lease of conversation {ConversationId} runs out by itself ({Error})", lease.Key.ConversationId, lost.GetType().Name);
        }
    }
}
