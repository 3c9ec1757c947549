using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Claude;

/// <summary>A refusal of the simulated Claude, in its shape.</summary>
internal sealed record ClaudeError(int Status, string Type, string Message)
{
    /// <summary>Seconds for <c>retry-after</c>; null leaves the header out.</summary>
    public int? RetryAfter { get; init; }

    /// <summary><c>error.details.error_code</c>.</summary>
    public string? Code { get; init; }

    public static ClaudeError Invalid(string message) => new(400, "invalid_request_error", message);

    public static readonly ClaudeError Overloaded = new(529, "overloaded_error", "Overloaded");

    public static readonly ClaudeError Internal = new(500, "api_error", "Internal server error");

    public static readonly ClaudeError SpendCap = new(429, "rate_limit_error", "You have reached the spend limit of your tier.")
    {
        Code = "enforced_spend_limit_reached",
    };

    public static ClaudeError RateLimit(int? retryAfter) => new(429, "rate_limit_error", "This request would exceed your rate limit.") { RetryAfter = retryAfter };

    public byte[] ToJson(string requestId) => JsonText.Object((error: this, requestId), static (writer, given) =>
    {
        writer.WriteString("type", "error");
        writer.WriteStartObject("error");
        writer.WriteString("type", given.error.Type);
        writer.WriteString("message", given.error.Message);
        if (given.error.Code is not null)
        {
            writer.WriteStartObject("details");
            writer.WriteString("error_code", given.error.Code);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        writer.WriteString("request_id", given.requestId);
    });
}
