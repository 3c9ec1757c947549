using System.Diagnostics.Metrics;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Observability;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>Turns by decision, tries that failed.</summary>
internal static class TurnMetrics
{
    private static readonly Counter<long> Turns = HubMetrics.Meter.CreateCounter<long>("turns.decided");
    private static readonly Counter<long> Tries = HubMetrics.Meter.CreateCounter<long>("turns.postponed");

    public static void Decided(Decision decision) => Turns.Add(1, new("decision", decision.Word), new KeyValuePair<string, object?>("reason", decision.Reason));

    /// <summary>A turn is committed. Stored and published are for the gateway to measure.</summary>
    public static void Passed(Outcome outcome)
    {
        if (outcome.Passage is { } passage)
        {
            HubMetrics.Reached([.. passage.Stages(outcome.Facts.Turn.First, passage.Clock.Now).Where(reached => reached.Stage != TurnStages.Stored)]);
        }
    }

    public static void Postponed(string reason) => Tries.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
