using System.Diagnostics.Metrics;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Observability;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

internal static class DeliveryMetrics
{
    private static readonly Counter<long> SettledCount = HubMetrics.Meter.CreateCounter<long>(
        "delivery.replies.settled", description: "Replies that reached their end, by state and reason.");

    private static readonly Counter<long> UnknownCount = HubMetrics.Meter.CreateCounter<long>(
        "delivery.replies.unknown", description: "Sends whose outcome was not known at once, by reason.");

    private static readonly Counter<long> ReconciledCount = HubMetrics.Meter.CreateCounter<long>(
        "delivery.replies.reconciled", description: "Unknown sends that were decided, by finding.");

    private static readonly Histogram<double> EndToEndTime = HubMetrics.Meter.CreateHistogram<double>(
        "delivery.end_to_end.duration", "s", "From the first webhook of a turn to GHL's answer to the reply.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = HubMetrics.LatencyBuckets });

    public static void Settled(ReplyState state, string? reason) => SettledCount.Add(
        1,
        new KeyValuePair<string, object?>("state", state.ToString().ToLowerInvariant()),
        new KeyValuePair<string, object?>("reason", reason ?? "none"));

    public static void Unknown(string reason) => UnknownCount.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public static void Reconciled(string finding) => ReconciledCount.Add(1, new KeyValuePair<string, object?>("finding", finding));

    public static void EndToEnd(double milliseconds) => EndToEndTime.Record(milliseconds / 1000);
}
