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
internal sealed record ListedMessage(string Id, bool Outbound, string? ContactId, string? Body, DateTimeOffset? AddedAt, string? UserId, string? Source)
{
    /// <summary>The item as it came.</summary>
    public JsonElement Item { get; init; }
}

/// <summary>A page of a conversation's messages, newest first.</summary>
/// <param name="Messages">Messages with an id.</param>
/// <param name="HasMore">There are older ones.</param>
/// <param name="LastMessageId">Where the next page begins; null: after the last of these.</param>
internal sealed record MessagePage(IReadOnlyList<ListedMessage> Messages, bool HasMore, string? LastMessageId);

/// <summary>An e-mail, as GHL tells it by its own id.</summary>
internal sealed record ListedEmail(JsonElement Item);

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

    /// <summary>Newest messages of a conversation, or those before one of them.</summary>
    public static GhlCall<MessagePage> List(string conversationId, int limit, string? before = null) =>
        new("list_messages", HttpMethod.Get,
            $"/conversations/{Uri.EscapeDataString(conversationId)}/messages?limit={limit}"
                + (before is null ? "" : $"&lastMessageId={Uri.EscapeDataString(before)}"),
            GhlGroup.Conversations, answer => ReadPage(answer, limit));

    /// <summary>One e-mail of a thread; a conversation lists the thread only.</summary>
    public static GhlCall<ListedEmail> Email(string emailMessageId) =>
        new("read_email", HttpMethod.Get, $"/conversations/messages/email/{Uri.EscapeDataString(emailMessageId)}", GhlGroup.Conversations, ReadEmail);

    /// <summary>Conversations of a location in which somebody wrote after a time, the longest unchanged first.</summary>
    public static GhlCall<IReadOnlyList<ListedConversation>> ChangedAfter(string locationId, DateTimeOffset after, int limit) =>
        new("search_conversations", HttpMethod.Get,
            $"/conversations/search?locationId={Uri.EscapeDataString(locationId)}&limit={limit}&sort=asc&sortBy=last_message_date&startAfterDate={after.ToUnixTimeMilliseconds()}",
            GhlGroup.Conversations, ReadConversations);

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
    private static MessagePage? ReadPage(JsonElement answer, int limit)
    {
        var page = GhlJson.Member(answer, "messages").ValueKind == JsonValueKind.Object ? GhlJson.Member(answer, "messages") : answer;
        var messages = GhlJson.Member(page, "messages");
        if (messages.ValueKind != JsonValueKind.Array)
        {
            return null;
        }
        var more = GhlJson.Member(page, "nextPage").ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => messages.GetArrayLength() >= limit,
        };
        return new([.. messages.EnumerateArray().Select(ReadMessage).OfType<ListedMessage>()], more, GhlJson.Text(page, "lastMessageId"));
    }

    private static ListedEmail? ReadEmail(JsonElement answer)
    {
        var email = GhlJson.Member(answer, "emailMessage").ValueKind == JsonValueKind.Object ? GhlJson.Member(answer, "emailMessage") : answer;
        return GhlJson.Text(email, "direction") is null ? null : new(email);
    }

    private static ListedMessage? ReadMessage(JsonElement item) => GhlJson.Text(item, "id") is { } id
        ? new(id,
            string.Equals(GhlJson.Text(item, "direction"), "outbound", StringComparison.OrdinalIgnoreCase),
            GhlJson.Text(item, "contactId"),
            GhlJson.Text(item, "body"),
            GhlJson.Time(item, "dateAdded"),
            GhlJson.Text(item, "userId"),
            GhlJson.Text(item, "source"))
        {
            Item = item,
        }
        : null;

    private static List<ListedConversation>? ReadConversations(JsonElement answer)
    {
        var found = GhlJson.Member(answer, "conversations");
        return found.ValueKind != JsonValueKind.Array ? null :
            [.. from item in found.EnumerateArray()
                let id = GhlJson.Text(item, "id")
                where id is not null
                select new ListedConversation(id, GhlJson.Text(item, "contactId"), GhlJson.Text(item, "lastMessageDirection"), GhlJson.Time(item, "lastMessageDate") ?? GhlJson.Time(item, "dateUpdated"))];
    }
}
