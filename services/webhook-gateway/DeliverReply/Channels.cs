using System.Collections.Frozen;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>Channels of GHL's send API.</summary>
internal static class Channels
{
    /// <summary>GHL takes 1 600 characters in an SMS; the orchestrator cuts far below.</summary>
    public const int LongestSms = 1600;

    private static readonly FrozenSet<string> Known =
        new[] { "SMS", "RCS", "Email", "WhatsApp", "IG", "FB", "Custom", "Live_Chat", "TIKTOK" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Why a text can never be sent on a channel; null: it can.</summary>
    public static string? Fault(string channel, string text) =>
        !Known.Contains(channel) ? "unknown_channel"
        : string.IsNullOrWhiteSpace(text) ? "empty"
        : channel is "SMS" or "RCS" && text.Length > LongestSms ? "too_long"
        : null;

    /// <summary>True when a contact's do-not-disturb of <paramref name="dnd"/> covers the channel. A custom provider carries SMS as a rule.</summary>
    public static bool IsBlockedBy(string channel, string dnd) =>
        string.Equals(dnd, channel, StringComparison.OrdinalIgnoreCase)
        || (string.Equals(dnd, "SMS", StringComparison.OrdinalIgnoreCase) && channel is "Custom" or "RCS")
        || string.Equals(dnd, "all", StringComparison.OrdinalIgnoreCase);
}
