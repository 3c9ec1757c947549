using System.Globalization;
using System.Text.Json;
using EnterpriseHub.Model.Tests.Ports;
using EnterpriseHub.Model.Tests.Scenarios;

namespace EnterpriseHub.Model.Tests.Running;

/// <summary>A webhook that GHL delivers until it is answered 200.</summary>
internal sealed record Webhook
{
    public required string Name { get; init; }

    public required byte[] Body { get; init; }

    public required TimeSpan NotBefore { get; init; }

    /// <summary>What the lead wrote; null for what went out.</summary>
    public Written? Written { get; init; }

    public static Webhook Inbound(Written written, DateTimeOffset at, TimeSpan now) => new()
    {
        Name = $"webhook {written.MessageId} '{written.Text}'",
        NotBefore = now,
        Written = written,
        Body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = "InboundMessage", locationId = Scenario.Location, contactId = written.ContactId, conversationId = written.ConversationId,
            messageId = written.MessageId, body = written.Text, dateAdded = Iso(at), direction = "inbound", messageType = "SMS", webhookId = $"hook-{written.MessageId}",
        }),
    };

    public static Webhook Outbound(SavedMessage message, TimeSpan notBefore) => new()
    {
        Name = $"webhook of {message.Id}",
        NotBefore = notBefore,
        Body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = "OutboundMessage", locationId = Scenario.Location, contactId = message.ContactId, conversationId = message.ConversationId,
            messageId = message.Id, body = message.Text, dateAdded = Iso(message.AddedAt), direction = "outbound", messageType = "SMS", webhookId = $"hook-{message.Id}",
            source = message.TurnId is null ? "app" : "api", userId = message.TurnId is null ? "user1" : null,
        }),
    };

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}

/// <summary>A message of a lead, and when it was acknowledged.</summary>
internal sealed class Written(Input input, int number, string contactId)
{
    public InputKind Kind => input.Kind;

    public string MessageId => $"in{number}";

    public string ContactId => contactId;

    public string ConversationId => Scenario.ConversationOf(input.Conversation);

    /// <summary>The word that a reply to it names; null for STOP and START.</summary>
    public string? Word => input.Kind == InputKind.Text ? Words.Of(number) : null;

    public string Text => input.Kind switch
    {
        InputKind.Stop => "STOP",
        InputKind.Start => "START",
        _ => Words.Text(number),
    };

    public TimeSpan SentAt { get; set; }

    /// <summary>Step and time at which a gateway first had it.</summary>
    public (int Step, TimeSpan At)? Came { get; set; }

    /// <summary>Step and time at which it was first answered 200.</summary>
    public (int Step, TimeSpan At)? Acknowledged { get; set; }
}
