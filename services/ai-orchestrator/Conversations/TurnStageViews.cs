using System.Text.Json;
using EnterpriseHub.AiOrchestrator.Storage;
using EnterpriseHub.Contracts.Conversations;

namespace EnterpriseHub.AiOrchestrator.Conversations;

/// <summary>Puts a turn's stages and steps in one line.</summary>
internal static class TurnStageViews
{
    public static IReadOnlyList<StageView> Of(TurnRow turn)
    {
        var reached = Read<Dictionary<string, double>>(turn.Stages);
        foreach (var (stage, ms) in Read<Dictionary<string, double>>(turn.DeliveryStages))
        {
            reached[stage] = ms;
        }
        return reached.Count == 0 ? [] : InLine(turn.ReceivedAt, reached, Read<List<StepMeasured>>(turn.Steps));
    }

    private static List<StageView> InLine(long receivedAt, Dictionary<string, double> reached, List<StepMeasured> steps)
    {
        reached[TurnStages.Received] = 0;
        var line = new List<StageView>();
        var before = 0.0;
        foreach (var stage in TurnStages.InOrder.Where(reached.ContainsKey))
        {
            if (stage == TurnStages.Decided)
            {
                foreach (var step in steps.Where(step => step.StartedMs is not null).OrderBy(step => step.StartedMs + step.Ms))
                {
                    Add("step", step.Step, step.StartedMs!.Value + step.Ms, step.Ms);
                }
            }
            Add(stage, null, reached[stage], Math.Max(0, reached[stage] - before));
            before = reached[stage];
        }
        return line;

        // Within one process the figures are of one clock; where the next process's clock is behind, its stage stands where the last one does.
        void Add(string stage, string? step, double ms, double took) => line.Add(new StageView
        {
            Stage = stage, Step = step, At = DateTimeOffset.FromUnixTimeMilliseconds(receivedAt).AddMilliseconds(ms),
            SinceReceivedMs = Math.Max(line.Count == 0 ? 0 : line[^1].SinceReceivedMs, Math.Round(ms, 2)), TookMs = Math.Round(took, 2),
        });
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, OrchestratorJson.Options)!;
}
