using System.Security.Cryptography;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Signature;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;

/// <summary><c>POST /webhooks/ghl</c>: read, verify, understand, store, answer. Nothing else happens before the answer.</summary>
internal sealed class Endpoint(SignatureCheck signature, AcceptEvent accept, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/ghl", (HttpContext context, Endpoint endpoint) => endpoint.ReceiveAsync(context))
            .AllowAnonymous()
            .DisableRateLimiting()
            .WithTags("Webhooks")
            .WithSummary("Takes a webhook of HighLevel's. Signed by X-GHL-Signature; answered 200 once it is stored.");

    private async Task ReceiveAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        var (status, refusal) = await TakeAsync(context, began);
        IntakeMetrics.Count(refusal?.Outcome ?? Outcome(status), time.GetElapsedTime(began));
        await (refusal is null ? AnswerAsync(context, status) : refusal.WriteAsync(context));
    }

    private async Task<(string Status, Refusal? Refusal)> TakeAsync(HttpContext context, long began)
    {
        var receivedAt = time.GetUtcNow();
        Failpoint.Hit("G1");
        var (body, refusal) = await RawBody.ReadAsync(context);
        if (refusal is not null)
        {
            return (string.Empty, refusal);
        }
        if (!signature.IsSigned(context.Request.Headers, body))
        {
            return (string.Empty, Refusal.BadSignature);
        }
        var (json, wrong) = StrictJson.Read(body);
        if (wrong is not null)
        {
            return (string.Empty, Refusal.InvalidJson(wrong));
        }
        var payload = new GhlPayload(json);
        if (EventTable.Read(payload) is not { } read)
        {
            return (string.Empty, Refusal.InvalidJson("It has no 'type'."));
        }
        var key = payload.Id("webhookId") ?? Convert.ToHexStringLower(SHA256.HashData(body));
        var status = await accept.AcceptAsync(new IncomingEvent(read, body, key, receivedAt) { Began = began }, context.RequestAborted);
        return status is null ? (string.Empty, Refusal.Throttled) : (status, null);
    }

    /// <summary>Everything that was stored is a success to the sender; the metric tells what cannot be used.</summary>
    public static string Outcome(string status) => status switch
    {
        EventStatus.Duplicate or EventStatus.UnknownType or EventStatus.UnknownLocation => status,
        EventStatus.InactiveLocation => EventStatus.UnknownLocation,
        _ => EventStatus.Accepted,
    };

    public static Task AnswerAsync(HttpContext context, string status) =>
        context.Response.WriteAsJsonAsync(new StoredAnswer(status), context.RequestAborted);
}

/// <param name="Status">A word of <see cref="EventStatus"/>.</param>
internal sealed record StoredAnswer(string Status);
