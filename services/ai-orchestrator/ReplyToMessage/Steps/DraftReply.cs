using EnterpriseHub.AiOrchestrator.Claude;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage.Steps;

/// <summary>Asks the model for a reply, beside the analysis and without waiting for it.</summary>
internal sealed class DraftReply(ClaudeDeployment claude)
{
    public async Task<Draft> RunAsync(Turn turn, PromptContext context, CallLog log, CancellationToken cancellation)
    {
        try
        {
            var draft = await claude.AskAsync(Prompt.Draft, PromptText.For(turn, context), ReadAnswer.Draft, log, cancellation);
            return draft with { WrittenFor = context.Mode };
        }
        catch (ClaudeFailedException failed) when (failed.IsAnswer)
        {
            // The model answered, only not with a usable text: our own next question will do.
            return Draft.None(failed.Reason);
        }
    }
}
