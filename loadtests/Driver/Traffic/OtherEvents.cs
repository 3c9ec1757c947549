using System.Globalization;
using System.Text.Json;
using MassTransit;

namespace EnterpriseHub.LoadTests.Traffic;

/// <summary>Webhooks that want no answer, in HighLevel's shapes.</summary>
internal static class OtherEvents
{
    private static readonly Func<string, string, Dictionary<string, object>>[] Kinds =
    [
        (contact, at) => new() { ["type"] = "TaskCreate", ["id"] = Id(), ["contactId"] = contact, ["title"] = "Call back", ["body"] = "Ask about the roof", ["dateAdded"] = at, ["dueDate"] = at },
        (contact, at) => new() { ["type"] = "NoteCreate", ["id"] = Id(), ["contactId"] = contact, ["body"] = "Wants a viewing this month", ["dateAdded"] = at },
        (contact, at) => new()
        {
            ["type"] = "OpportunityStatusUpdate", ["id"] = Id(), ["contactId"] = contact, ["monetaryValue"] = 7500, ["name"] = "House", ["pipelineId"] = "pipeline-1",
            ["pipelineStageId"] = "stage-1", ["status"] = "open", ["dateAdded"] = at,
        },
        (contact, at) => new()
        {
            ["type"] = "AppointmentCreate",
            ["appointment"] = new Dictionary<string, object> { ["id"] = Id(), ["contactId"] = contact, ["calendarId"] = "calendar-1", ["appointmentStatus"] = "confirmed", ["title"] = "Viewing", ["startTime"] = at, ["endTime"] = at, ["dateAdded"] = at },
        },
        (contact, _) => new() { ["type"] = "ConversationUnreadUpdate", ["id"] = $"conv-{contact}", ["contactId"] = contact, ["unreadCount"] = 1, ["inbox"] = true, ["deleted"] = false, ["starred"] = false },
        (contact, at) => new() { ["type"] = "ContactUpdate", ["id"] = contact, ["name"] = "Jane Doe", ["firstName"] = "Jane", ["lastName"] = "Doe", ["dnd"] = false, ["tags"] = Array.Empty<string>(), ["dateAdded"] = at },
        (contact, _) => new() { ["type"] = "SomethingNewOfHighLevels", ["id"] = Id(), ["contactId"] = contact },
    ];

    /// <summary>One of them, about a contact that writes nothing in the run.</summary>
    public static byte[] Body(Random choices, string locationId, DateTimeOffset at)
    {
        var time = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var body = Kinds[choices.Next(Kinds.Length)]($"{locationId}-bystander-{choices.Next(100)}", time);
        body["locationId"] = locationId;
        body["versionId"] = "68a1f0c2d4e6b8a0c2d4e6f8";
        body["appId"] = "68a1f0c2d4e6b8a0c2d4e6f8";
        body["timestamp"] = time;
        body["webhookId"] = NewId.NextGuid().ToString();
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private static string Id() => NewId.NextGuid().ToString("N");
}
