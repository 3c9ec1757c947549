using Anthropic.Models.Messages;

namespace EnterpriseHub.AiOrchestrator.Claude;

/// <summary>Writes the request of a call: the frozen system text is the cached prefix, everything of the turn is in the user message.</summary>
internal static class ClaudeRequest
{
    public static MessageCreateParams Of(Prompt prompt, string model, string user, ClaudeOptions options)
    {
        var request = new MessageCreateParams
        {
            Model = model,
            MaxTokens = options.MaxTokens,
            System = new List<TextBlockParam> { new(prompt.System) { CacheControl = new CacheControlEphemeral() } },
            Messages = [new UserMessageParam { Content = user }],
            OutputConfig = Output(prompt, options),
        };
        return options.Thinking == "disabled" ? request with { Thinking = new ThinkingConfigDisabled() } : request;
    }

    private static OutputConfig Output(Prompt prompt, ClaudeOptions options)
    {
        var output = new OutputConfig { Format = new JsonOutputFormat { Schema = prompt.Schema } };
        return options.Effort.Length > 0 ? output with { Effort = options.Effort } : output;
    }
}
