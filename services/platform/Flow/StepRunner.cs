using System.Collections.Concurrent;
using System.Diagnostics;
using EnterpriseHub.Platform.Observability;

namespace EnterpriseHub.Platform.Flow;

/// <summary>How a step ended.</summary>
public enum StepOutcome
{
    /// <summary>In time, with an answer.</summary>
    Ok,

    /// <summary>Its budget ran out; a preferred step gave its fallback.</summary>
    Late,

    /// <summary>It failed; a preferred step gave its fallback.</summary>
    Failed,

    /// <summary>The whole run was cancelled, e.g. by a newer message.</summary>
    Cancelled,
}

/// <summary>One step's measurement.</summary>
/// <param name="Step">Step name, also its span name.</param>
/// <param name="StartedAt">Milliseconds from the start of the run.</param>
/// <param name="Duration">Milliseconds.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record StepTiming(string Step, double StartedAt, double Duration, StepOutcome Outcome);

/// <summary>A required step failed or was late; names the stage so that retry can be decided by where it failed.</summary>
public sealed class StepFailedException(string step, StepOutcome outcome, Exception cause)
    : Exception($"Step '{step}' {outcome switch { StepOutcome.Late => "ran out of time", _ => "failed" }}: {cause.GetType().Name}", cause)
{
    /// <summary>Name of the step.</summary>
    public string Step { get; } = step;

    /// <summary><see cref="StepOutcome.Late"/> or <see cref="StepOutcome.Failed"/>.</summary>
    public StepOutcome Outcome { get; } = outcome;
}

/// <summary>Starts runs of a flow.</summary>
public sealed class StepRunner(TimeProvider time)
{
    /// <summary>Begins one run; its steps share one clock.</summary>
    public FlowRun Begin() => new(time);
}

/// <summary>
/// Runs the steps of one flow. Every step gets a span, a histogram point (<c>flow.step.duration</c>), a time budget and,
/// if it is only preferred, a typed fallback. Steps start when they are called; await them when their answer is needed.
/// </summary>
public sealed class FlowRun(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly ConcurrentQueue<StepTiming> _timings = new();

    /// <summary>What has been measured so far, in order of ending.</summary>
    public IReadOnlyList<StepTiming> Timings => [.. _timings];

    /// <summary>A step that the flow cannot do without.</summary>
    /// <param name="step">Name of the step and of its span.</param>
    /// <param name="budget">Longest time it may take.</param>
    /// <param name="ask">The question; its token ends with the budget or the run.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="StepFailedException">The step failed or was late.</exception>
    public Task<T> Require<T>(string step, TimeSpan budget, Func<CancellationToken, Task<T>> ask, CancellationToken cancellation) =>
        RunAsync(step, budget, ask, (outcome, cause) => throw new StepFailedException(step, outcome, cause), cancellation);

    /// <summary>A step that the flow would rather not do without.</summary>
    /// <param name="step">Name of the step and of its span.</param>
    /// <param name="budget">Longest time it may take.</param>
    /// <param name="fallback">The answer when it is late or fails.</param>
    /// <param name="ask">The question; its token ends with the budget or the run.</param>
    /// <param name="cancellation">Ends the run.</param>
    public Task<T> Prefer<T>(string step, TimeSpan budget, T fallback, Func<CancellationToken, Task<T>> ask, CancellationToken cancellation) =>
        RunAsync(step, budget, ask, (_, _) => fallback, cancellation);

    private async Task<T> RunAsync<T>(
        string step, TimeSpan budget, Func<CancellationToken, Task<T>> ask, Func<StepOutcome, Exception, T> otherwise, CancellationToken cancellation)
    {
        var began = time.GetElapsedTime(_start);
        using var span = HubActivity.Source.StartActivity(step);
        using var limit = new CancellationTokenSource(budget, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var outcome = StepOutcome.Ok;
        try
        {
            // WaitAsync: a step that does not watch its token must not hold the flow beyond its budget.
            return await ask(both.Token).WaitAsync(both.Token);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            outcome = StepOutcome.Cancelled;
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception failure)
        {
            outcome = limit.IsCancellationRequested ? StepOutcome.Late : StepOutcome.Failed;
            span?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            return otherwise(outcome, failure);
        }
        finally
        {
            var took = time.GetElapsedTime(_start) - began;
            span?.SetTag("outcome", outcome.ToString().ToLowerInvariant());
            _timings.Enqueue(new StepTiming(step, began.TotalMilliseconds, took.TotalMilliseconds, outcome));
            HubMetrics.StepDuration.Record(took.TotalSeconds,
                new KeyValuePair<string, object?>("step", step),
                new KeyValuePair<string, object?>("outcome", outcome.ToString().ToLowerInvariant()));
        }
    }
}
