using System.Diagnostics.Metrics;
using EnterpriseHub.Platform.Observability;

namespace EnterpriseHub.WebhookGateway.GhlApi;

internal static class GhlMetrics
{
    private static readonly Histogram<double> Duration = HubMetrics.Meter.CreateHistogram<double>(
        "ghl.request.duration", "s", "Calls of GHL's API.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = HubMetrics.LatencyBuckets });

    public static void Called(string operation, string outcome, TimeSpan took) => Duration.Record(
        took.TotalSeconds,
        new KeyValuePair<string, object?>("operation", operation),
        new KeyValuePair<string, object?>("outcome", outcome));
}
