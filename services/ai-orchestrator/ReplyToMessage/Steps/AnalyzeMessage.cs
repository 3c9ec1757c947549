using EnterpriseHub.AiOrchestrator.Claude;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage.Steps;

/// <summary>Asks the model what the unanswered messages mean.</summary>
internal sealed class AnalyzeMessage(ClaudeDeployment claude)
{
    public Task<Analysis> RunAsync(Turn turn, PromptContext context, CallLog log, CancellationToken cancellation) =>
        claude.AskAsync(Prompt.Analyze, PromptText.For(turn, context), ReadAnswer.Analysis, log, cancellation);
}
