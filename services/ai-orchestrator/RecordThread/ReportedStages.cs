using System.Text.Json;
using EnterpriseHub.AiOrchestrator.Storage;
using EnterpriseHub.Contracts.Conversations;

namespace EnterpriseHub.AiOrchestrator.RecordThread;

/// <summary>The stages of a delivery as the gateway reports them; what makes no sense is left out and costs nothing else.</summary>
internal static class ReportedStages
{
    private static readonly double Longest = TimeSpan.FromDays(366).TotalMilliseconds;

    /// <returns>Stage to milliseconds; <c>{}</c> where nothing was reported.</returns>
    public static string Json(ReplySettled settled) => JsonSerializer.Serialize(
        settled.StageMs.Where(stage => TurnStages.InOrder.Contains(stage.Key) && Math.Abs(stage.Value) <= Longest)
            .ToDictionary(stage => stage.Key, stage => Math.Round(stage.Value, 2)),
        OrchestratorJson.Options);
}
