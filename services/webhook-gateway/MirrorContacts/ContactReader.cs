using System.Text.Json;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.WebhookGateway.GhlApi;

namespace EnterpriseHub.WebhookGateway.MirrorContacts;

/// <summary>Reads GHL's contact, wrapped or flat. What is not surely this contact of this location is not read at all.</summary>
internal static class ContactReader
{
    public static ContactSnapshot? Read(JsonElement answer, string locationId, string contactId)
    {
        var contact = GhlJson.Member(answer, "contact") is { ValueKind: JsonValueKind.Object } wrapped ? wrapped : answer;
        if (GhlJson.Text(contact, "id") != contactId || (GhlJson.Text(contact, "locationId") ?? locationId) != locationId)
        {
            return null;
        }
        var settings = DndSettings(contact);
        return new()
        {
            LocationId = locationId,
            ContactId = contactId,
            Known = true,
            FirstName = GhlJson.Text(contact, "firstName"),
            Tags = [.. GhlJson.Texts(GhlJson.Member(contact, "tags")).Select(tag => tag.Trim()).Where(tag => tag.Length > 0)],
            Dnd = GhlJson.IsTrue(contact, "dnd") || settings.Contains("all", StringComparer.OrdinalIgnoreCase),
            DndChannels = settings,
            TimeZone = GhlJson.Text(contact, "timezone"),
            CustomFields = Fields(contact),
        };
    }

    /// <summary>Channels that are not plainly open: an unknown status blocks.</summary>
    private static List<string> DndSettings(JsonElement contact)
    {
        var settings = GhlJson.Member(contact, "dndSettings");
        return settings.ValueKind != JsonValueKind.Object ? [] :
        [
            .. settings.EnumerateObject()
                .Where(channel => channel.Value.ValueKind == JsonValueKind.Object && GhlJson.Text(channel.Value, "status") is not (null or "inactive"))
                .Select(channel => channel.Name)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static SortedDictionary<string, string> Fields(JsonElement contact)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in GhlJson.Items(GhlJson.Member(contact, "customFields")))
        {
            if (GhlJson.Text(field, "id") is { } id)
            {
                fields[id] = GhlJson.Flat(field.TryGetProperty("value", out var value) ? value : GhlJson.Member(field, "fieldValue"));
            }
        }
        return fields;
    }
}
