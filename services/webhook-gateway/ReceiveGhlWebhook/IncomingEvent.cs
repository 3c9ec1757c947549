using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;

/// <summary>A webhook, or a message that was found without one, that may be stored.</summary>
/// <param name="Event">What it means.</param>
/// <param name="Raw">As it came.</param>
/// <param name="DeliveryKey">The same for every delivery of it.</param>
/// <param name="ReceivedAt">When it came, UTC.</param>
internal sealed record IncomingEvent(GhlEvent Event, byte[] Raw, string DeliveryKey, DateTimeOffset ReceivedAt)
{
    /// <summary>Read from GHL's list of messages; its webhook did not come, or not yet.</summary>
    public bool IsFound { get; init; }

    /// <summary>Timestamp of the monotonic clock when it came; null where no webhook brought it.</summary>
    public long? Began { get; init; }
}
