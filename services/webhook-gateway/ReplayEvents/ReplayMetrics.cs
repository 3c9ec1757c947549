using System.Diagnostics.Metrics;
using EnterpriseHub.Platform.Observability;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

internal static class ReplayMetrics
{
    private static readonly Counter<long> DeadLetters = HubMetrics.Meter.CreateCounter<long>("gateway.dead_letters");

    private static readonly Counter<long> Replayed = HubMetrics.Meter.CreateCounter<long>("gateway.replayed");

    // Every instance reports the whole table; an alert takes the maximum.
    private static readonly ObservableGauge<long> Open =
        HubMetrics.Meter.CreateObservableGauge("gateway.dead_letters.open", () => Interlocked.Read(ref _open));

    private static long _open;

    public static void DeadLettered(string queue, string failure) => DeadLetters.Add(1, new("queue", queue), new("failure", failure));

    public static void Ended(string kind, string state) => Replayed.Add(1, new("kind", kind), new("state", state));

    public static void Counted(long open)
    {
        Interlocked.Exchange(ref _open, open);
        _ = Open;
    }
}
