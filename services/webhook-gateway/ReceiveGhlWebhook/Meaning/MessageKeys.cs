using System.Security.Cryptography;
using System.Text;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

/// <summary>What makes two webhooks the same message within a location.</summary>
internal static class MessageKeys
{
    /// <summary>HighLevel's message id; else conversation, time and text; null when even these are missing.</summary>
    public static string? Of(GhlPayload payload, string type, string? messageId)
    {
        if (messageId is not null)
        {
            return messageId;
        }
        if (payload.Id("conversationId") is not { } conversation || payload.Text("dateAdded") is not { } added)
        {
            return null;
        }
        var text = payload.FirstText("body", "plainText") ?? string.Empty;
        return $"{type}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{conversation}\n{added}\n{text}")))}";
    }
}
