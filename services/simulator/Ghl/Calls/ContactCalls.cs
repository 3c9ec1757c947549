using System.Text.Json;
using EnterpriseHub.Simulator.Ghl.State;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Ghl.Calls;

/// <summary>Reads and changes contacts.</summary>
internal sealed class ContactCalls(GhlStore store, TimeProvider time)
{
    public static GhlAnswer NotFound(string id) => GhlAnswer.Error(400, $"Contact not found for id:{id}");

    public GhlAnswer Get(GhlCall call) => With(call, contact => GhlAnswer.Ok(JsonText.Object(contact, static (writer, found) =>
    {
        ContactJson.Write(writer, found);
        writer.WriteString("traceId", SimIds.Uuid());
    })));

    public GhlAnswer Put(GhlCall call) => With(call, contact =>
    {
        ContactJson.Change(contact, call.Body, time.GetUtcNow());
        return GhlAnswer.Ok(JsonText.Object(contact, static (writer, found) =>
        {
            writer.WriteBoolean("succeded", true);
            ContactJson.Write(writer, found);
            writer.WriteString("traceId", SimIds.Uuid());
        }));
    });

    public GhlAnswer Delete(GhlCall call) => With(call, contact =>
    {
        store.RemoveContact(contact.Id);
        return GhlAnswer.Ok(GhlAnswer.Succeded);
    });

    public GhlAnswer Upsert(GhlCall call)
    {
        if (call.Text("locationId") is not { } locationId)
        {
            return GhlAnswer.Unprocessable("locationId should not be empty");
        }
        if (call.NamesOtherLocation(locationId))
        {
            return GhlCall.OtherLocation;
        }
        lock (store.Gate)
        {
            var known = store.AllContacts.FirstOrDefault(one => one.LocationId == locationId && (Same(one, call, "email") || Same(one, call, "phone")));
            var contact = known ?? store.AddContact(SimIds.Ghl(), locationId);
            call.Entry.ContactId = contact.Id;
            ContactJson.Change(contact, call.Body, time.GetUtcNow());
            return GhlAnswer.Ok(JsonText.Object((contact, known), static (writer, given) =>
            {
                writer.WriteBoolean("new", given.known is null);
                ContactJson.Write(writer, given.contact);
                writer.WriteString("traceId", SimIds.Uuid());
            }));
        }
    }

    public GhlAnswer AddTags(GhlCall call) => WithTags(call, (contact, tags) =>
    {
        var added = ContactJson.AddTags(contact, tags);
        return GhlAnswer.Created(TagsJson(contact.Tags, "tagsAdded", added));
    });

    public GhlAnswer RemoveTags(GhlCall call) => WithTags(call, (contact, tags) =>
    {
        var removed = tags.EnumerateArray().Select(tag => (tag.GetString() ?? "").Trim().ToLowerInvariant()).Where(contact.Tags.Remove).ToList();
        return GhlAnswer.Ok(TagsJson(contact.Tags, "tagsRemoved", removed));
    });

    public GhlAnswer Workflow(GhlCall call) => With(call, _ => GhlAnswer.Ok(GhlAnswer.Succeded));

    public GhlAnswer Note(GhlCall call) => call.Text("body") is not { Length: > 0 } body
        ? GhlAnswer.Unprocessable("body should not be empty")
        : With(call, contact => GhlAnswer.Created(JsonText.Object((contact, body, call.ReceivedAt), static (writer, given) =>
        {
            writer.WriteStartObject("note");
            writer.WriteString("id", SimIds.Ghl());
            writer.WriteString("body", given.body);
            writer.WriteString("contactId", given.contact.Id);
            writer.WriteString("dateAdded", JsonText.Iso(given.ReceivedAt));
            writer.WriteEndObject();
        })));

    public GhlAnswer Task(GhlCall call)
    {
        var missing = new[] { "title", "dueDate", "completed" }.Where(name => call.Body.Member(name) is null).Select(name => $"{name} should not be empty").ToList();
        return missing.Count > 0 ? GhlAnswer.Unprocessable(missing) : With(call, contact => GhlAnswer.Created(JsonText.Object((contact, call), static (writer, given) =>
        {
            writer.WriteStartObject("task");
            writer.WriteString("id", SimIds.Ghl());
            writer.WriteString("title", given.call.Text("title"));
            writer.WriteString("body", given.call.Text("body") ?? "");
            writer.WriteString("dueDate", given.call.Text("dueDate"));
            writer.WriteBoolean("completed", given.call.Body.Flag("completed") ?? false);
            writer.WriteString("contactId", given.contact.Id);
            writer.WriteEndObject();
        })));
    }

    private GhlAnswer WithTags(GhlCall call, Func<SimContact, JsonElement, GhlAnswer> change) =>
        call.Body.Member("tags") is { ValueKind: JsonValueKind.Array } tags && tags.EnumerateArray().All(tag => tag.ValueKind == JsonValueKind.String)
            ? With(call, contact => change(contact, tags))
            : GhlAnswer.Unprocessable("tags must be an array", "each value in tags must be a string");

    private GhlAnswer With(GhlCall call, Func<SimContact, GhlAnswer> effect)
    {
        var id = call.Route("contactId");
        lock (store.Gate)
        {
            return store.Contact(id, call.LocationId) is not { } contact ? NotFound(id)
                : contact.LocationId != call.LocationId ? GhlCall.OtherLocation
                : effect(contact);
        }
    }

    private static bool Same(SimContact contact, GhlCall call, string field) =>
        call.Text(field) is { Length: > 0 } value && value.Equals(contact.Field(field), StringComparison.OrdinalIgnoreCase);

    private static byte[] TagsJson(List<string> all, string name, List<string> changed) => JsonText.Object((all, name, changed), static (writer, given) =>
    {
        writer.WriteStartArray("tags");
        given.all.ForEach(writer.WriteStringValue);
        writer.WriteEndArray();
        writer.WriteStartArray(given.name);
        given.changed.ForEach(writer.WriteStringValue);
        writer.WriteEndArray();
        writer.WriteString("traceId", SimIds.Uuid());
    });
}
