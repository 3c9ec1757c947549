using System.Text.Json;
using EnterpriseHub.Simulator.Ghl.State;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Ghl.Calls;

/// <summary>Makes, finds and lists conversations.</summary>
internal sealed class ConversationCalls(GhlStore store, TimeProvider time)
{
    public GhlAnswer Create(GhlCall call)
    {
        if (call.Text("contactId") is not { } contactId || call.Text("locationId") is not { } locationId)
        {
            return GhlAnswer.Unprocessable("locationId should not be empty", "contactId should not be empty");
        }
        call.Entry.ContactId = contactId;
        if (call.NamesOtherLocation(locationId))
        {
            return GhlCall.OtherLocation;
        }
        lock (store.Gate)
        {
            if (store.Contact(contactId, call.LocationId) is not { } contact)
            {
                return ContactCalls.NotFound(contactId);
            }
            call.Entry.ConversationId = contact.ConversationId;
            return contact.LocationId != call.LocationId ? GhlCall.OtherLocation
                : GhlAnswer.Created(JsonText.Object(store.ConversationOf(contact), static (writer, conversation) =>
                {
                    writer.WriteBoolean("success", true);
                    writer.WriteStartObject("conversation");
                    writer.WriteString("id", conversation.Id);
                    writer.WriteString("dateUpdated", JsonText.Iso(conversation.Last?.DateAdded ?? conversation.DateAdded));
                    writer.WriteString("dateAdded", JsonText.Iso(conversation.DateAdded));
                    writer.WriteBoolean("deleted", false);
                    writer.WriteString("contactId", conversation.ContactId);
                    writer.WriteString("locationId", conversation.LocationId);
                    writer.WriteString("lastMessageDate", JsonText.Iso(conversation.Last?.DateAdded ?? conversation.DateAdded));
                    writer.WriteEndObject();
                }));
        }
    }

    public GhlAnswer Search(GhlCall call)
    {
        if (call.Query("locationId") is not { } locationId)
        {
            return GhlAnswer.Unprocessable("locationId should not be empty");
        }
        if (call.NamesOtherLocation(locationId))
        {
            return GhlCall.OtherLocation;
        }
        var contactId = call.Query("contactId");
        var direction = call.Query("lastMessageDirection");
        call.Entry.ContactId = contactId;
        lock (store.Gate)
        {
            var all = contactId is not null
                ? store.Contact(contactId, locationId) is { } contact && contact.LocationId == locationId ? [store.ConversationOf(contact)] : []
                : store.AllConversations.Where(conversation => conversation.LocationId == locationId);
            var rows = all.Select(conversation => (conversation, last: Visible(conversation, call.ListLag).LastOrDefault()))
                .Where(pair => pair.last is not null && (direction is null || pair.last.Direction == direction))
                .ToList();
            var found = Sort(call, rows);
            return GhlAnswer.Ok(JsonText.Object((found, total: rows.Count, limit: call.QueryNumber("limit", 20), store, locationId), static (writer, given) =>
            {
                writer.WriteStartArray("conversations");
                foreach (var (conversation, last) in given.found.Take(given.limit))
                {
                    MessageJson.WriteConversation(writer, conversation, given.store.Contact(conversation.ContactId, given.locationId)!, last);
                }
                writer.WriteEndArray();
                writer.WriteNumber("total", given.total);
                writer.WriteString("traceId", SimIds.Uuid());
            }));
        }
    }

    public GhlAnswer Messages(GhlCall call)
    {
        var id = call.Route("conversationId");
        lock (store.Gate)
        {
            if (store.Conversation(id, call.LocationId) is not { } conversation)
            {
                return GhlAnswer.Error(400, $"Conversation not found for id:{id}");
            }
            call.Entry.ContactId = conversation.ContactId;
            if (conversation.LocationId != call.LocationId)
            {
                return GhlCall.OtherLocation;
            }
            IEnumerable<SimMessage> older = Visible(conversation, call.ListLag).Reverse();
            if (call.Query("lastMessageId") is { Length: > 0 } lastId)
            {
                older = older.SkipWhile(message => message.Id != lastId).Skip(1);
            }
            if (call.Query("type") is { Length: > 0 } type)
            {
                older = older.Where(message => type.Contains(message.Channel.TypeName, StringComparison.OrdinalIgnoreCase));
            }
            var limit = call.QueryNumber("limit", 20);
            var page = older.Take(limit + 1).ToList();
            return GhlAnswer.Ok(JsonText.Object((page, limit, call.Flat), static (writer, given) => WritePage(writer, given.page, given.limit, given.Flat)));
        }
    }

    /// <summary>By last message, newest first unless asked otherwise; <c>startAfterDate</c> is the sort value of the last one seen.</summary>
    private static List<(SimConversation Conversation, SimMessage? Last)> Sort(GhlCall call, List<(SimConversation Conversation, SimMessage? Last)> rows)
    {
        var ascending = call.Query("sort") == "asc";
        var sorted = ascending ? rows.OrderBy(row => row.Last!.DateAdded) : rows.OrderByDescending(row => row.Last!.DateAdded);
        if (!double.TryParse(call.Query("startAfterDate"), System.Globalization.CultureInfo.InvariantCulture, out var after))
        {
            return [.. sorted];
        }
        // Shown in whole milliseconds, so compared in them.
        return [.. sorted.Where(row => ascending ? row.Last!.DateAdded.ToUnixTimeMilliseconds() > after : row.Last!.DateAdded.ToUnixTimeMilliseconds() < after)];
    }

    private static void WritePage(Utf8JsonWriter writer, List<SimMessage> page, int limit, bool flat)
    {
        var shown = page.Take(limit).ToList();
        if (!flat)
        {
            writer.WriteStartObject("messages");
        }
        writer.WriteString("lastMessageId", shown.LastOrDefault()?.Id ?? "");
        writer.WriteBoolean("nextPage", page.Count > limit);
        writer.WriteStartArray("messages");
        foreach (var message in shown)
        {
            writer.WriteStartObject();
            MessageJson.Write(writer, message);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        if (!flat)
        {
            writer.WriteEndObject();
            writer.WriteString("traceId", SimIds.Uuid());
        }
    }

    private IEnumerable<SimMessage> Visible(SimConversation conversation, TimeSpan lag)
    {
        if (lag == TimeSpan.Zero)
        {
            return conversation.Messages;
        }
        var until = time.GetUtcNow() - lag;
        return conversation.Messages.Where(message => message.DateAdded <= until);
    }
}
