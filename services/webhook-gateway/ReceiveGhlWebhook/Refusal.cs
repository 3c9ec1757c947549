using Microsoft.AspNetCore.Mvc;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;

/// <summary>An answer other than 200, as problem+json.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Outcome">Value of the metric.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Detail">What to do.</param>
internal sealed record Refusal(int Status, string Outcome, string Title, string Detail)
{
    public static readonly Refusal TooLarge = new(413, "too_large", "The body is too large",
        $"Send at most {IntakeOptions.MaxBodyBytes} bytes.");

    public static readonly Refusal WrongMediaType = new(415, "invalid", "The media type is not supported",
        "Send 'Content-Type: application/json' in UTF-8 and no Content-Encoding.");

    public static readonly Refusal BadSignature = new(401, "refused_signature", "The signature is missing or wrong",
        "Send exactly one X-GHL-Signature: base64 of the Ed25519 signature over the raw body.");

    public static readonly Refusal BadSecret = new(401, "refused_signature", "The secret is missing or wrong",
        "Send the location's workflow secret in the header X-Hub-Secret.");

    public static readonly Refusal WrongLocation = new(400, "invalid", "The body is of another location",
        "The location in the body must be the one in the address.");

    public static readonly Refusal Throttled = new(429, "throttled", "The event could not be stored now",
        "Send it again later, unchanged.");

    public static Refusal InvalidJson(string why) => new(400, "invalid", "The body is not a webhook", why);

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (Status == 429)
        {
            context.Response.Headers.RetryAfter = "5";
        }
        if (Status == 413)
        {
            // The rest of the body is not worth reading.
            context.Response.Headers.Connection = "close";
        }
        await context.Response.WriteAsJsonAsync(
            new ProblemDetails { Status = Status, Title = Title, Detail = Detail },
            options: null,
            "application/problem+json",
            context.RequestAborted);
    }
}
