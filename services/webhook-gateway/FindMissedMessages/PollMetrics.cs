using System.Diagnostics.Metrics;
using EnterpriseHub.Platform.Observability;

namespace EnterpriseHub.WebhookGateway.FindMissedMessages;

internal static class PollMetrics
{
    private static readonly Counter<long> Finds = HubMetrics.Meter.CreateCounter<long>(
        "gateway.poll.finds", description: "Messages that were read from GHL's list because their webhook never came.");

    private static readonly Counter<long> Polls = HubMetrics.Meter.CreateCounter<long>(
        "gateway.polls", description: "Polls of a location, by outcome.");

    public static void Found() => Finds.Add(1);

    public static void Polled(string outcome) => Polls.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
