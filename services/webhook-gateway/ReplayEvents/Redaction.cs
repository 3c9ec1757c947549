using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary>A webhook's body without what people wrote and who they are: only ids, states, times and numbers of known members stay.</summary>
internal static partial class Redaction
{
    private const string Hidden = "[redacted]";

    public static JsonNode? Of(byte[] raw) => Clean(JsonNode.Parse(raw), string.Empty);

    private static JsonNode? Clean(JsonNode? node, string name) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Clean(member.Value, member.Key)))),
        JsonArray items => new JsonArray([.. items.Select(item => Clean(item, name))]),
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.DeepClone(),
        JsonValue value when Harmless().IsMatch(name) && !Personal().IsMatch(value.ToString()) => value.DeepClone(),
        null => null,
        _ => JsonValue.Create(Hidden),
    };

    [GeneratedRegex(@"^(type|id|.*Id|.*_id|timestamp|date[A-Z]\w*|direction|status|source|messageType|messageTypeString|contentType|callStatus|callDuration|unreadCount|appointmentStatus|startTime|endTime|dueDate|monetaryValue|installType|key|version|eventType|tags|code|replied)$")]
    private static partial Regex Harmless();

    // An address, or nine digits and more that are no id: a phone number.
    [GeneratedRegex(@"@|^\+?[\d\s().-]{9,}$")]
    private static partial Regex Personal();
}
