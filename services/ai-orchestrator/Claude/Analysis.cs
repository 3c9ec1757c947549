using EnterpriseHub.AiOrchestrator.Qualification;

namespace EnterpriseHub.AiOrchestrator.Claude;

/// <summary>What the unanswered messages mean. Every word is in the schema's lower-case spelling.</summary>
internal sealed record Analysis
{
    /// <summary>sell, buy, question, appointment, objection, human_request, opt_out, greeting or other.</summary>
    public required string Intent { get; init; }

    /// <summary>positive, neutral or negative.</summary>
    public required string Sentiment { get; init; }

    /// <summary>low, medium or high.</summary>
    public required string Urgency { get; init; }

    /// <summary>en, es or other.</summary>
    public required string Language { get; init; }

    public IReadOnlyList<string> Objections { get; init; } = [];

    /// <summary>Qualification fields that the messages told; nothing else.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    public bool NeedsHuman { get; init; }

    public bool OptOut { get; init; }

    /// <summary>The short form that events and the read API carry.</summary>
    public IReadOnlyDictionary<string, string> Summary() => new Dictionary<string, string>
    {
        ["intent"] = Intent,
        ["sentiment"] = Sentiment,
        ["urgency"] = Urgency,
        ["language"] = Language,
        ["objections"] = string.Join(", ", Objections),
        ["needs_human"] = NeedsHuman ? "true" : "false",
        ["opt_out"] = OptOut ? "true" : "false",
    };
}

/// <summary>A reply as the model would send it.</summary>
/// <param name="Reply">Text; empty when there is none.</param>
/// <param name="Asks">Key of the question it asks; <c>none</c> when it asks none of ours.</param>
/// <param name="NeedsHuman">The model would rather have a person answer.</param>
/// <param name="Problem">Why there is no text, in snake_case; null when there is.</param>
internal sealed record Draft(string Reply, string Asks, bool NeedsHuman, string? Problem = null)
{
    /// <summary>The mode whose questions the model was shown; null when that does not matter.</summary>
    public Mode? WrittenFor { get; init; }

    public const string AsksNothing = "none";

    public static Draft None(string problem) => new("", AsksNothing, false, problem);
}
