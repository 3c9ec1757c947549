using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;

/// <summary><c>POST /webhooks/ghl/workflows/{locationId}</c>: workflow webhooks are unsigned, so each location has a secret of its own.</summary>
internal sealed class WorkflowEndpoint(Locations locations, AcceptEvent accept, TimeProvider time)
{
    private const string Header = "X-Hub-Secret";
    private static readonly byte[] NoSecret = RandomNumberGenerator.GetBytes(32);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/ghl/workflows/{locationId}", (string locationId, HttpContext context, WorkflowEndpoint endpoint) => endpoint.ReceiveAsync(locationId, context))
            .AllowAnonymous()
            .DisableRateLimiting()
            .WithTags("Webhooks")
            .WithSummary("Takes a webhook of a HighLevel workflow. The header X-Hub-Secret carries the location's workflow secret.");

    private async Task ReceiveAsync(string locationId, HttpContext context)
    {
        var began = time.GetTimestamp();
        var (status, refusal) = await TakeAsync(locationId, context, began);
        IntakeMetrics.Count(refusal?.Outcome ?? Endpoint.Outcome(status), time.GetElapsedTime(began));
        await (refusal is null ? Endpoint.AnswerAsync(context, status) : refusal.WriteAsync(context));
    }

    private async Task<(string Status, Refusal? Refusal)> TakeAsync(string locationId, HttpContext context, long began)
    {
        var receivedAt = time.GetUtcNow();
        LocationSettings? location;
        try
        {
            location = await locations.FindAsync(locationId, context.RequestAborted).AsTask().WaitAsync(TimeSpan.FromSeconds(2), time, context.RequestAborted);
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or TimeoutException)
        {
            return (string.Empty, Refusal.Throttled);
        }
        if (!IsAllowed(context.Request.Headers[Header], location))
        {
            return (string.Empty, Refusal.BadSecret);
        }
        var (body, refusal) = await RawBody.ReadAsync(context);
        if (refusal is not null)
        {
            return (string.Empty, refusal);
        }
        var (json, wrong) = StrictJson.Read(body);
        if (wrong is not null)
        {
            return (string.Empty, Refusal.InvalidJson(wrong));
        }
        var payload = new GhlPayload(json);
        if (WorkflowEvents.LocationOf(payload) is { } named && named != locationId)
        {
            return (string.Empty, Refusal.WrongLocation);
        }
        var incoming = new IncomingEvent(WorkflowEvents.Read(payload, locationId), body, Key(locationId, body, receivedAt), receivedAt) { Began = began };
        var status = await accept.AcceptAsync(incoming, context.RequestAborted);
        return status is null ? (string.Empty, Refusal.Throttled) : (status, null);
    }

    /// <summary>The same work whether the location, its secret or the header is missing: the answer tells nobody which locations exist.</summary>
    private static bool IsAllowed(Microsoft.Extensions.Primitives.StringValues header, LocationSettings? location)
    {
        var expected = location?.WorkflowSecretHash is { } hash ? Convert.FromHexString(hash) : NoSecret;
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(header.Count == 1 ? header[0]! : string.Empty));
        return CryptographicOperations.FixedTimeEquals(expected, given) & header.Count == 1;
    }

    /// <summary>Workflow webhooks have no id: the same body within a minute is the same webhook.</summary>
    private static string Key(string locationId, byte[] body, DateTimeOffset receivedAt) =>
        string.Create(CultureInfo.InvariantCulture, $"workflow/{locationId}/{Convert.ToHexStringLower(SHA256.HashData(body))}/{receivedAt.ToUnixTimeSeconds() / 60}");
}
