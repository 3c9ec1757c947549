namespace EnterpriseHub.AiOrchestrator.Claude;

/// <summary>How a call to the model failed.</summary>
internal enum ClaudeFailure
{
    /// <summary>No connection, an error answer, or the breaker is open.</summary>
    Unavailable,

    /// <summary>Too many requests, or the spend limit is reached.</summary>
    Limited,

    /// <summary>No answer within the deadline.</summary>
    Late,

    /// <summary>Our request or key was refused; trying again does not help until a setting changes.</summary>
    Rejected,

    /// <summary>The model declined to answer.</summary>
    Refused,

    /// <summary>The answer was cut at the token limit.</summary>
    Cut,

    /// <summary>The answer is not the JSON that was asked for, or too large.</summary>
    Unreadable,
}

/// <summary>A call to the model did not give a usable answer. Carries no text of the conversation.</summary>
internal sealed class ClaudeFailedException(ClaudeFailure failure, Exception? cause = null)
    : Exception($"Claude: {failure}{(cause is null ? "" : $" ({cause.GetType().Name})")}", cause)
{
    public ClaudeFailure Failure { get; } = failure;

    /// <summary>The service itself is well: only this answer is of no use.</summary>
    public bool IsAnswer => Failure is ClaudeFailure.Refused or ClaudeFailure.Cut or ClaudeFailure.Unreadable;

    /// <summary>The failure's name for tables and reasons.</summary>
    public string Reason => ReasonOf(Failure);

    /// <summary>A failure's name.</summary>
    public static string ReasonOf(ClaudeFailure failure) => $"model_{failure.ToString().ToLowerInvariant()}";
}
