using System.Collections.Frozen;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

/// <summary>What sort of message, and the channel to answer on in the words of the send API.</summary>
/// <param name="Channel">SMS, Email, WhatsApp, Live_Chat, FB, IG, GMB or Custom.</param>
/// <param name="IsCall">A voice call or a voicemail.</param>
/// <param name="IsActivity">A line of the CRM's own in the conversation, written by nobody.</param>
/// <param name="IsInternalComment">A note among colleagues; the lead never sees it.</param>
internal readonly record struct MessageKind(string Channel, bool IsCall = false, bool IsActivity = false, bool IsInternalComment = false)
{
    private static readonly FrozenDictionary<string, string> Channels = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SMS"] = "SMS",
        ["MMS"] = "SMS",
        ["2"] = "SMS",
        ["EMAIL"] = "Email",
        ["3"] = "Email",
        ["WHATSAPP"] = "WhatsApp",
        ["19"] = "WhatsApp",
        ["LIVECHAT"] = "Live_Chat",
        ["WEBCHAT"] = "Live_Chat",
        ["5"] = "Live_Chat",
        ["29"] = "Live_Chat",
        ["FB"] = "FB",
        ["FACEBOOK"] = "FB",
        ["11"] = "FB",
        ["IG"] = "IG",
        ["INSTAGRAM"] = "IG",
        ["18"] = "IG",
        ["GMB"] = "GMB",
        ["15"] = "GMB",
        ["CUSTOM"] = "Custom",
        ["CUSTOMSMS"] = "Custom",
        ["CUSTOMEMAIL"] = "Custom",
        ["CUSTOMPROVIDERSMS"] = "Custom",
        ["CUSTOMPROVIDEREMAIL"] = "Custom",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads whichever of the four spellings is there; an unknown one is answered on its own provider, never by SMS.</summary>
    public static MessageKind Of(GhlPayload payload)
    {
        var channel = "Custom";
        foreach (var name in (ReadOnlySpan<string>)["messageType", "messageTypeString", "type", "messageTypeId"])
        {
            var word = Word(payload.Text(name));
            if (word is "CALL" or "VOICEMAIL" or "IVRCALL" or "CUSTOMCALL" or "VOICECALL" || (name != "messageType" && word is "1" or "10"))
            {
                return new MessageKind("Call", IsCall: true);
            }
            if (word is "INTERNALCOMMENT" or "COMMENT")
            {
                return new MessageKind("InternalComment", IsInternalComment: true);
            }
            if (word.StartsWith("ACTIVITY", StringComparison.Ordinal))
            {
                return new MessageKind("Activity", IsActivity: true);
            }
            if (channel == "Custom" && Channels.TryGetValue(word, out var known))
            {
                channel = known;
            }
        }
        return new MessageKind(channel);
    }

    private static string Word(string? text) => text is null
        ? string.Empty
        : text.ToUpperInvariant().Replace("TYPE_", string.Empty, StringComparison.Ordinal)
            .Replace("_", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal)
            .Replace(" ", string.Empty, StringComparison.Ordinal);
}
