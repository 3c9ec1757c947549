using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Effects;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

namespace EnterpriseHub.WebhookGateway.RelayOutbox;

/// <summary>A stored event, for doing again what follows from it.</summary>
internal sealed record OpenEvent
{
    public required long Seq { get; init; }

    public required string EventId { get; init; }

    public required string Type { get; init; }

    public required string LocationId { get; init; }

    public required byte[] Raw { get; init; }

    public long ReceivedAt { get; init; }

    public long AcceptedAt { get; init; }

    public long SettledAt { get; init; }

    public string Status { get; init; } = string.Empty;

    public const string Columns = "seq, event_id, type, location_id, raw, received_at, accepted_at";

    /// <summary>The same announcement again; null where the bytes are no message of a lead.</summary>
    public InboundMessageAccepted? Announcement(LocationSettings location) =>
        Read() is { Inbound: { } inbound } read ? InboundEffect.Message(Stored(location, read), inbound) : null;

    /// <summary>Understands the bytes again; they were understood when they were stored.</summary>
    public GhlEvent? Read()
    {
        var payload = new GhlPayload(StrictJson.Read(Raw).Body);
        return Type == WorkflowEvents.Type ? WorkflowEvents.Read(payload, LocationId) : EventTable.Read(payload);
    }

    /// <summary>The row for its effects. Only messages that were not late are ever open.</summary>
    public StoredEvent Stored(LocationSettings location, GhlEvent read, bool isLate = false)
    {
        var received = DateTimeOffset.FromUnixTimeMilliseconds(ReceivedAt);
        var accepted = DateTimeOffset.FromUnixTimeMilliseconds(AcceptedAt);
        var happened = read.At ?? received;
        return new StoredEvent
        {
            EventId = EventId,
            Seq = Seq,
            LocationId = LocationId,
            ContactId = read.ContactId,
            Location = location,
            ReceivedAt = received,
            AcceptedAt = accepted,
            At = happened < accepted ? happened : accepted,
            IsLate = isLate,
        };
    }
}
