using System.Net.Http.Headers;
using System.Text.Json;
using MassTransit;

namespace EnterpriseHub.TestKit.Traffic;

/// <summary>One text of a lead, as GHL would deliver it.</summary>
public sealed record LeadMessage
{
    /// <summary>Number that comes back in the simulated assistant's reply as <c>(ref N)</c>.</summary>
    public required int Ref { get; init; }

    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>GHL contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>What the lead wrote.</summary>
    public required string Text { get; init; }

    /// <summary>When the lead sent it.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>GHL's id of this delivery; a redelivery carries the same one.</summary>
    public string WebhookId { get; init; } = NewId.NextGuid().ToString();

    /// <summary>GHL's id of the message. Whole: the first characters of two may be the same, and the second would be a duplicate.</summary>
    public string MessageId { get; init; } = NewId.NextGuid().ToString("N");

    /// <summary>The webhook's body: compact JSON, the bytes that are signed.</summary>
    public byte[] Body() => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
    {
        ["type"] = "InboundMessage",
        ["locationId"] = LocationId,
        ["versionId"] = "68a1f0c2d4e6b8a0c2d4e6f8",
        ["appId"] = "68a1f0c2d4e6b8a0c2d4e6f8",
        ["attachments"] = Array.Empty<string>(),
        ["body"] = Text,
        ["contactId"] = ContactId,
        ["contentType"] = "text/plain",
        ["conversationId"] = ConversationId,
        ["dateAdded"] = Utc(SentAt),
        ["direction"] = "inbound",
        ["messageType"] = "SMS",
        ["messageTypeId"] = 2,
        ["messageTypeString"] = "TYPE_SMS",
        ["messageId"] = MessageId,
        ["status"] = "delivered",
        ["from"] = "+15555550123",
        ["to"] = "+15555550188",
        ["timestamp"] = Utc(SentAt),
        ["webhookId"] = WebhookId,
    });

    /// <summary>A signed request to <c>/webhooks/ghl</c>.</summary>
    public HttpRequestMessage Request(WebhookKey key, Uri target)
    {
        var body = Body();
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        request.Headers.Add("X-GHL-Signature", key.Sign(body));
        return request;
    }

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
