using System.Net;
using System.Text.Json;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.GhlApi;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>Makes the message for GHL; an e-mail goes into the thread of the one it answers, a custom channel back to its provider.</summary>
internal static class ReplyThread
{
    public static async Task<NewMessage> ComposeAsync(UnitOfWork unit, Reply reply)
    {
        if (reply.Channel is not ("Email" or "Custom"))
        {
            return new() { Type = reply.Channel, ContactId = reply.ContactId, Message = reply.Body };
        }
        var answered = Parse(await unit.FirstOrDefaultAsync<byte[]>(
            "SELECT raw FROM inbound_event WHERE location_id = @LocationId AND conversation_id = @ConversationId AND seq = @AnswersUpToSeq",
            reply));
        return Compose(reply, answered);
    }

    internal static NewMessage Compose(Reply reply, JsonElement answered) => new()
    {
        Type = reply.Channel,
        ContactId = reply.ContactId,
        Message = reply.Body,
        Html = reply.Channel == "Email" ? Html(reply.Body) : null,
        Subject = reply.Channel == "Email" ? Subject(GhlJson.Text(answered, "subject")) : null,
        ThreadId = reply.Channel == "Email" ? GhlJson.Text(answered, "threadId") : null,
        ConversationProviderId = GhlJson.Text(answered, "conversationProviderId"),
    };

    private static string Html(string text) => "<p>"
        + WebUtility.HtmlEncode(text.ReplaceLineEndings("\n")).Replace("\n\n", "</p><p>", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal)
        + "</p>";

    private static string Subject(string? answered) =>
        string.IsNullOrWhiteSpace(answered) ? "Re: your message"
        : answered.TrimStart().StartsWith("re:", StringComparison.OrdinalIgnoreCase) ? answered
        : "Re: " + answered;

    private static JsonElement Parse(byte[]? raw)
    {
        try
        {
            using var document = JsonDocument.Parse(raw ?? "{}"u8.ToArray());
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
