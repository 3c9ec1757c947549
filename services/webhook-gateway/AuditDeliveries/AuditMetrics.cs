using System.Diagnostics.Metrics;
using EnterpriseHub.Platform.Observability;

namespace EnterpriseHub.WebhookGateway.AuditDeliveries;

internal static class AuditMetrics
{
    private static readonly Counter<long> Audits = HubMetrics.Meter.CreateCounter<long>(
        "delivery.audits", description: "Comparisons of GHL's list with the send ledger, by outcome.");

    private static readonly Counter<long> Findings = HubMetrics.Meter.CreateCounter<long>(
        "delivery.audit.findings", description: "Differences between GHL's list and the send ledger, by kind.");

    public static void Ran(string outcome) => Audits.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public static void Found(Audit audit)
    {
        foreach (var kind in audit.Findings.GroupBy(one => one.Kind))
        {
            Findings.Add(kind.Count(), new KeyValuePair<string, object?>("kind", kind.Key));
        }
    }
}
