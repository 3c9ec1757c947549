namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>What is known after a call. Only <see cref="Unknown"/> leaves open whether GHL did it.</summary>
internal enum GhlOutcome
{
    /// <summary>Done; the value is there.</summary>
    Ok,

    /// <summary>GHL said no: a definite no.</summary>
    Refused,

    /// <summary>GHL's limit or ours: a definite no until the wait is over.</summary>
    RateLimited,

    /// <summary>The token was not taken: a definite no.</summary>
    Unauthorized,

    /// <summary>GHL cannot have got the request.</summary>
    NotSent,

    /// <summary>Timeout, reset, 5xx, unreadable answer.</summary>
    Unknown,
}

/// <summary>The outcome of one call; expected failures are values.</summary>
/// <param name="Outcome">What is known.</param>
/// <param name="Value">The answer, on <see cref="GhlOutcome.Ok"/>.</param>
/// <param name="Reason">Why not, in snake_case; never text of the answer.</param>
/// <param name="RetryAfter">How long to wait, on <see cref="GhlOutcome.RateLimited"/>.</param>
internal sealed record GhlResult<T>(GhlOutcome Outcome, T? Value, string Reason, TimeSpan RetryAfter)
    where T : class
{
    public static GhlResult<T> Ok(T value) => new(GhlOutcome.Ok, value, "ok", TimeSpan.Zero);

    public static GhlResult<T> Not(GhlOutcome outcome, string reason) => new(outcome, null, reason, TimeSpan.Zero);

    public static GhlResult<T> RateLimited(TimeSpan wait) => new(GhlOutcome.RateLimited, null, "rate_limited", wait);
}

/// <summary>An outcome and what the answer's headers say of the limits.</summary>
internal sealed record GhlReply<T>(GhlResult<T> Result, RateHeaders Rate)
    where T : class;
