using System.Diagnostics.Metrics;
using EnterpriseHub.Platform.Observability;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;

internal static class IntakeMetrics
{
    private static readonly Counter<long> Webhooks = HubMetrics.Meter.CreateCounter<long>("gateway.webhooks");

    private static readonly Histogram<double> Ack = HubMetrics.Meter.CreateHistogram<double>("gateway.ack.duration", "s",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = HubMetrics.LatencyBuckets });

    public static readonly Counter<long> Parked = HubMetrics.Meter.CreateCounter<long>("gateway.events.parked");

    public static readonly Counter<long> Rings = HubMetrics.Meter.CreateCounter<long>("gateway.events.rings");

    public static void Count(string outcome, TimeSpan took)
    {
        var tag = new KeyValuePair<string, object?>("outcome", outcome);
        Webhooks.Add(1, tag);
        Ack.Record(took.TotalSeconds, tag);
    }
}
