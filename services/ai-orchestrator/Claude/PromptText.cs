using System.Text;
using EnterpriseHub.AiOrchestrator.Qualification;
using EnterpriseHub.AiOrchestrator.ReplyToMessage;
using EnterpriseHub.Contracts.Caching;

namespace EnterpriseHub.AiOrchestrator.Claude;

/// <summary>What the model is told besides the turn itself.</summary>
/// <param name="FirstName">Of the lead; null when not known in time.</param>
/// <param name="Mode">As far as it is known before the analysis.</param>
/// <param name="Known">Qualification so far.</param>
/// <param name="Market">Fresh market facts; null for none.</param>
internal sealed record PromptContext(string? FirstName, Mode Mode, QualificationState Known, MarketContext? Market);

/// <summary>
/// Builds the user message of both calls. What a stranger wrote stands only inside a tagged block, on one line,
/// with the signs escaped that could close the block.
/// </summary>
internal static class PromptText
{
    public static string For(Turn turn, PromptContext context)
    {
        var text = new StringBuilder();
        Block(text, "agency", [$"name: {turn.Profile.Name}", $"tone: {turn.Profile.Tone}"]);
        Block(text, "mode", [context.Mode.Code()]);
        Block(text, "contact", context.FirstName is { Length: > 0 } name ? [name] : []);
        Block(text, "known", context.Known.Known.Select(field => $"{field.Key}: {field.Value}"));
        Block(text, "open_questions", QuestionCatalogue.Open(context.Mode, context.Known, turn.Asked)
            .Select(question => $"{question.Key}: {question.In(turn.Language)}"));
        Block(text, "market", context.Market is { } market ? market.Facts.Select(fact => $"{fact} (as of {market.AsOf:yyyy-MM-dd})") : []);
        Block(text, "history", turn.History.Select(said => $"{Speaker(said)}: {Words(said)}"));
        Block(text, "messages", turn.Unanswered.Select(Words));
        return text.ToString();
    }

    /// <summary>One line, without a sign that could open or close a block.</summary>
    public static string Escape(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            line.Append(letter switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                _ when char.IsControl(letter) || letter is '\u2028' or '\u2029' => " ",
                _ => letter.ToString(),
            });
        }
        return line.ToString().Trim();
    }

    private static void Block(StringBuilder text, string tag, IEnumerable<string> lines)
    {
        text.Append('<').Append(tag).Append(">\n");
        foreach (var line in lines)
        {
            text.Append(Escape(line)).Append('\n');
        }
        text.Append("</").Append(tag).Append(">\n");
    }

    private static string Speaker(Said said) => said.Direction switch
    {
        "lead" => "lead",
        "assistant" => "assistant",
        _ => "agent",
    };

    private static string Words(Said said) => (said.Text.Trim(), said.Attachments) switch
    {
        ("", > 0) => "(sent a file without words)",
        (var words, > 0) => $"{words} (and a file)",
        var (words, _) => words,
    };
}
