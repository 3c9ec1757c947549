namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

/// <summary>What a person wrote, as plain text of at most 4 000 characters.</summary>
internal static class MessageText
{
    private const int Longest = 4000;

    public static string Of(GhlPayload payload, string channel)
    {
        if (channel != "Email")
        {
            return Cut(payload.FirstText("body", "plainText")?.Trim() ?? string.Empty);
        }
        var plain = payload.Text("plainText")?.Trim();
        var text = string.IsNullOrEmpty(plain) ? EmailHtml.ToPlain(payload.Text("body") ?? string.Empty) : plain;
        return Cut(QuotedHistory.Remove(text));
    }

    private static string Cut(string text) =>
        text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)];
}
