using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EnterpriseHub.Platform.Observability;

/// <summary>The product's one activity source.</summary>
public static class HubActivity
{
    /// <summary>Spans are named by step and module.</summary>
    public static readonly ActivitySource Source = new("EnterpriseHub");
}

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

    /// <summary>Publishes that failed and wait for the sweep, by <c>schema</c> and <c>outcome</c>.</summary>
    public static readonly Counter<long> OutboxFailures = Meter.CreateCounter<long>("outbox.publish.failures");
}
