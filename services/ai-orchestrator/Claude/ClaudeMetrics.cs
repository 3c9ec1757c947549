using System.Diagnostics.Metrics;
using EnterpriseHub.Platform.Observability;

namespace EnterpriseHub.AiOrchestrator.Claude;

/// <summary>Calls, seconds and tokens of the model.</summary>
internal static class ClaudeMetrics
{
    private static readonly Histogram<double> Duration = HubMetrics.Meter.CreateHistogram<double>("claude.call.duration", "s",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = HubMetrics.LatencyBuckets });

    private static readonly Counter<long> Tokens = HubMetrics.Meter.CreateCounter<long>("claude.tokens");
    private static readonly Counter<long> Cost = HubMetrics.Meter.CreateCounter<long>("claude.cost.micro_usd");

    public static void Record(string purpose, string model, string outcome, TimeSpan took, TokenUse use)
    {
        Duration.Record(took.TotalSeconds, new("purpose", purpose), new("model", model), new("outcome", outcome));
        Count("input", use.Input);
        Count("output", use.Output);
        Count("cache_write", use.CacheWrite);
        Count("cache_read", use.CacheRead);
        Cost.Add(PriceCatalogue.MicroUsd(model, use), new("purpose", purpose), new KeyValuePair<string, object?>("model", model));

        void Count(string kind, long count) =>
            Tokens.Add(count, new("purpose", purpose), new("model", model), new KeyValuePair<string, object?>("kind", kind));
    }
}
