using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EnterpriseHub.Platform.Observability;

/// <summary>The product's one activity source.</summary>
public static class HubActivity
{
    /// <summary>Spans are named by step and module.</summary>
    public static readonly ActivitySource Source = new("EnterpriseHub");
}

/// <summary>A stage and when it was reached.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Ms">Milliseconds since a moment that is the same for all stages of one message.</param>
public readonly record struct StageTime(string Stage, double Ms);

/// <summary>The product's one meter; modules add their instruments to it as <c>module.thing</c>.</summary>
public static class HubMetrics
{
    /// <summary>Bucket bounds in seconds for everything that is a latency: 1 ms to 60 s.</summary>
    public static IReadOnlyList<double> LatencyBuckets { get; } =
        [0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.125, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10, 30, 60];

    /// <summary>The meter.</summary>
    public static readonly Meter Meter = new("EnterpriseHub");

    /// <summary>Seconds a flow step took, by <c>step</c> and <c>outcome</c>.</summary>
    public static readonly Histogram<double> StepDuration = Meter.CreateHistogram<double>("flow.step.duration", "s",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = LatencyBuckets });

    /// <summary>
    /// Seconds from the stage before to <c>stage</c> on the way of a message. Within one process by its monotonic clock; between two
    /// processes by their wall clocks, and never less than nothing.
    /// </summary>
    public static readonly Histogram<double> StageDuration = Meter.CreateHistogram<double>("turn.stage.duration", "s",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = LatencyBuckets });

    /// <summary>Publishes that failed and wait for the sweep, by <c>schema</c> and <c>outcome</c>.</summary>
    public static readonly Counter<long> OutboxFailures = Meter.CreateCounter<long>("outbox.publish.failures");

    /// <summary>Records that a stage took this long.</summary>
    public static void Reached(string stage, TimeSpan took) =>
        StageDuration.Record(Math.Max(0, took.TotalSeconds), new KeyValuePair<string, object?>("stage", stage));

    /// <summary>Records stages that follow on each other, each with the time since the one before; the first says only where they begin.</summary>
    public static void Reached(IReadOnlyList<StageTime> stages)
    {
        foreach (var (before, stage) in stages.Zip(stages.Skip(1)))
        {
            Reached(stage.Stage, TimeSpan.FromMilliseconds(stage.Ms - before.Ms));
        }
    }
}
