using System.Text.Json;

namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>A message to send; what is null is left out.</summary>
internal sealed record NewMessage
{
    public required string Type { get; init; }

    public required string ContactId { get; init; }

    public string? Message { get; init; }

    public string? Html { get; init; }

    public string? Subject { get; init; }

    public string? ThreadId { get; init; }

    public string? ConversationProviderId { get; init; }
}

/// <summary>GHL took a message.</summary>
internal sealed record SentMessage(string MessageId);

/// <summary>A message of a conversation, as GHL lists it; null where it says nothing.</summary>
internal sealed record ListedMessage(string Id, bool Outbound, string? ContactId, string? Body, DateTimeOffset? AddedAt, string? UserId, string? Source);

/// <summary>A conversation, as GHL's search lists it.</summary>
internal sealed record ListedConversation(string Id, string? ContactId, string? LastMessageDirection, DateTimeOffset? LastMessageAt);

/// <summary>Calls of the conversations group.</summary>
internal static class MessageCalls
{
    public static GhlCall<SentMessage> Send(NewMessage message, Func<bool> mayStillWrite) =>
        new("send_message", HttpMethod.Post, "/conversations/messages", GhlGroup.Conversations, ReadSent)
        {
            Json = message,
            MayStillWrite = mayStillWrite,
        };

    /// <summary>Newest messages of a conversation.</summary>
    public static GhlCall<IReadOnlyList<ListedMessage>> List(string conversationId, int limit) =>
        new("list_messages", HttpMethod.Get, $"/conversations/{Uri.EscapeDataString(conversationId)}/messages?limit={limit}", GhlGroup.Conversations, ReadList);

    /// <summary>Conversations of a location, the last written first.</summary>
    public static GhlCall<IReadOnlyList<ListedConversation>> Search(string locationId, string? contactId, int limit) =>
        new("search_conversations", HttpMethod.Get,
            $"/conversations/search?locationId={Uri.EscapeDataString(locationId)}&limit={limit}&sort=desc"
                + (contactId is null ? "" : $"&contactId={Uri.EscapeDataString(contactId)}"),
            GhlGroup.Conversations, ReadConversations);

    private static SentMessage? ReadSent(JsonElement answer) =>
        (GhlJson.Text(answer, "messageId")
            ?? GhlJson.Texts(GhlJson.Member(answer, "messageIds")).FirstOrDefault()
            ?? GhlJson.Text(GhlJson.Member(answer, "message"), "id")) is { } id
                ? new(id)
                : null;

    /// <summary>The specification lists flat, the real answer nests under <c>messages</c> once more.</summary>
    private static List<ListedMessage>? ReadList(JsonElement answer)
    {
        var messages = GhlJson.Member(answer, "messages");
        if (messages.ValueKind == JsonValueKind.Object)
        {
            messages = GhlJson.Member(messages, "messages");
        }
        return messages.ValueKind == JsonValueKind.Array ? [.. messages.EnumerateArray().Select(ReadMessage).OfType<ListedMessage>()] : null;
    }

    private static ListedMessage? ReadMessage(JsonElement item) => GhlJson.Text(item, "id") is { } id
        ? new(id,
            string.Equals(GhlJson.Text(item, "direction"), "outbound", StringComparison.OrdinalIgnoreCase),
            GhlJson.Text(item, "contactId"),
            GhlJson.Text(item, "body"),
            GhlJson.Time(item, "dateAdded"),
            GhlJson.Text(item, "userId"),
            GhlJson.Text(item, "source"))
        : null;

    private static List<ListedConversation>? ReadConversations(JsonElement answer)
    {
        var found = GhlJson.Member(answer, "conversations");
        return found.ValueKind != JsonValueKind.Array ? null :
            [.. from item in found.EnumerateArray()
                let id = GhlJson.Text(item, "id")
                where id is not null
                select new ListedConversation(id, GhlJson.Text(item, "contactId"), GhlJson.Text(item, "lastMessageDirection"), GhlJson.Time(item, "lastMessageDate"))];
    }
}
