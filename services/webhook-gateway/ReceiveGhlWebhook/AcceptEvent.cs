using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.Platform.Observability;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;

/// <summary>Stores an event within its time, or says that it could not.</summary>
internal sealed class AcceptEvent(
    StoreEvent store, AdmissionBound bound, SendsInFlight sends, IOptions<IntakeOptions> options, TimeProvider time, ILogger<AcceptEvent> logger)
{
    /// <returns>A word of <see cref="EventStatus"/>; null when the sender must come again.</returns>
    public async Task<string?> AcceptAsync(IncomingEvent incoming, CancellationToken cancellation)
    {
        var inbound = incoming.Event.Inbound;
        if (inbound is { IsOptOut: false } && bound.IsFull)
        {
            return null;
        }
        var status = await StoreAsync(incoming);
        Failpoint.Hit("G3");
        if (status == EventStatus.Accepted && inbound is not null)
        {
            bound.Took();
            if (incoming.Began is { } began)
            {
                HubMetrics.Reached(TurnStages.Stored, time.GetElapsedTime(began));
            }
        }
        if (status is not null && inbound is { IsOptOut: true })
        {
            // It counts from its commit on. But an acknowledged STOP means that nothing comes any more: else HighLevel delivers it again.
            return await sends.WaitAsync(incoming.Event.LocationId, inbound.ContactId, cancellation) ? status : null;
        }
        return status;
    }

    private async Task<string?> StoreAsync(IncomingEvent incoming)
    {
        // Not tied to the request: what was read whole is stored even when the sender hangs up.
        using var limit = new CancellationTokenSource(options.Value.StoreLimit, time);
        try
        {
            // WaitAsync too: a commit that hangs takes no token. If it succeeds after all, the next delivery is a duplicate.
            return await store.StoreAsync(incoming, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception failure)
        {
            // HighLevel's older rule retries 429 only, its newer one everything: 429 is the one answer that never loses an event.
            logger.LogError("An event of type {Type} was not stored: {Error}", incoming.Event.Type, Describe(failure));
            return null;
        }
    }

    /// <summary>No message texts: a driver may quote values in them.</summary>
    private static string Describe(Exception failure) => failure switch
    {
        OperationCanceledException => "the store took too long",
        System.Data.Common.DbException database => $"{failure.GetType().Name} {database.SqlState}",
        _ => $"{failure.GetType().Name} {failure.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}",
    };
}
