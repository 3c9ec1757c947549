using System.Text.Json;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Ghl.State;

/// <summary>A contact as GHL shows it, and the changes that a body asks for.</summary>
internal static class ContactJson
{
    private static readonly string[] TextFields =
    [
        "firstName", "lastName", "name", "email", "phone", "timezone", "companyName", "source", "assignedTo", "address1", "city", "state",
        "country", "postalCode", "website", "dateOfBirth", "type",
    ];

    private static readonly string[] Channels = ["Call", "Email", "SMS", "WhatsApp", "GMB", "FB"];

    public static void Write(Utf8JsonWriter writer, SimContact contact)
    {
        writer.WriteStartObject("contact");
        writer.WriteString("id", contact.Id);
        writer.WriteString("locationId", contact.LocationId);
        foreach (var (name, value) in contact.Fields)
        {
            writer.WriteString(name, value);
        }
        if (contact.Field("firstName") is { } first)
        {
            writer.WriteString("firstNameLowerCase", first.ToLowerInvariant());
        }
        if (contact.Field("timezone") is null)
        {
            writer.WriteNull("timezone");
        }
        writer.WriteBoolean("dnd", contact.Dnd);
        if (contact.DndSettings.Count > 0)
        {
            WriteDnd(writer, contact);
        }
        writer.WriteStartArray("tags");
        contact.Tags.ForEach(writer.WriteStringValue);
        writer.WriteEndArray();
        writer.WriteStartArray("customFields");
        foreach (var (id, value) in contact.CustomFields)
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            writer.WritePropertyName("value");
            value.WriteTo(writer);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteString("dateAdded", JsonText.Iso(contact.DateAdded));
        writer.WriteString("dateUpdated", JsonText.Iso(contact.DateUpdated));
        writer.WriteEndObject();
    }

    /// <summary>Applies the fields of a PUT, an upsert or a seed. A list of tags replaces the tags.</summary>
    public static void Change(SimContact contact, JsonElement body, DateTimeOffset now)
    {
        foreach (var name in TextFields)
        {
            if (body.Text(name) is { } value)
            {
                contact.Fields[name] = value;
            }
        }
        contact.Dnd = body.Flag("dnd") ?? contact.Dnd;
        if (body.Member("tags") is { ValueKind: JsonValueKind.Array } tags)
        {
            contact.Tags.Clear();
            AddTags(contact, tags);
        }
        if (body.Member("dndSettings") is { ValueKind: JsonValueKind.Object } settings)
        {
            foreach (var channel in settings.EnumerateObject())
            {
                contact.DndSettings[channel.Name] = new DndSetting(
                    channel.Value.Text("status") ?? "inactive", channel.Value.Text("message"), channel.Value.Text("code"));
            }
        }
        foreach (var field in body.Items("customFields"))
        {
            if ((field.Text("id") ?? field.Text("key")) is { } id && (field.Member("field_value") ?? field.Member("fieldValue") ?? field.Member("value")) is { } value)
            {
                contact.CustomFields[id] = value.Clone();
            }
        }
        contact.DateUpdated = now;
    }

    public static List<string> AddTags(SimContact contact, JsonElement tags)
    {
        var added = new List<string>();
        foreach (var tag in tags.EnumerateArray())
        {
            var name = (tag.GetString() ?? "").Trim().ToLowerInvariant();
            if (name.Length > 0 && !contact.Tags.Contains(name))
            {
                contact.Tags.Add(name);
                added.Add(name);
            }
        }
        return added;
    }

    private static void WriteDnd(Utf8JsonWriter writer, SimContact contact)
    {
        writer.WriteStartObject("dndSettings");
        foreach (var channel in Channels)
        {
            if (contact.DndSettings.TryGetValue(channel, out var setting))
            {
                writer.WriteStartObject(channel);
                writer.WriteString("status", setting.Status);
                writer.WriteString("message", setting.Message ?? "");
                writer.WriteString("code", setting.Code ?? "");
                writer.WriteEndObject();
            }
        }
        writer.WriteEndObject();
    }
}
