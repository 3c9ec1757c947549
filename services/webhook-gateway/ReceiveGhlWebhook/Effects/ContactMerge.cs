using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Effects;

/// <summary>Puts what an event tells of a contact over what was known; what it leaves out stays.</summary>
internal static class ContactMerge
{
    /// <summary>True when the event tells everything that a send asks for.</summary>
    public static bool IsWhole(GhlPayload payload) => payload.Has("dnd") && payload.Has("dndSettings") && payload.Has("tags");

    public static ContactSnapshot Apply(ContactSnapshot? before, GhlPayload payload, string locationId, string contactId, DateTimeOffset at)
    {
        var channels = payload.Has("dndSettings") ? DndChannels(payload) : before?.DndChannels ?? [];
        return new ContactSnapshot
        {
            LocationId = locationId,
            ContactId = contactId,
            Known = true,
            FirstName = payload.FirstText("firstName", "first_name")?.Trim() ?? before?.FirstName,
            Tags = payload.Texts("tags") ?? before?.Tags ?? [],
            Dnd = (payload.Flag("dnd") ?? before?.Dnd ?? false) || channels.Contains("all", StringComparer.OrdinalIgnoreCase),
            DndChannels = channels,
            TimeZone = Zone(payload.FirstText("timezone", "timeZone")) ?? before?.TimeZone,
            CustomFields = CustomFields(before, payload),
            AsOf = at,
        };
    }

    /// <summary>Channels that are not plainly open: an unknown status blocks.</summary>
    private static IReadOnlyList<string> DndChannels(GhlPayload payload) =>
        [.. payload.Members("dndSettings").Where(channel => channel.Value.Text("status") is not (null or "inactive")).Select(channel => channel.Name)];

    private static string? Zone(string? zone) => zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone : null;

    private static Dictionary<string, string> CustomFields(ContactSnapshot? before, GhlPayload payload)
    {
        var fields = new Dictionary<string, string>(before?.CustomFields ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var field in payload.Objects("customFields"))
        {
            if (field.Id("id") is { } id && field.FirstText("value", "field_value", "fieldValue") is { } value)
            {
                fields[id] = value;
            }
        }
        return fields;
    }
}
