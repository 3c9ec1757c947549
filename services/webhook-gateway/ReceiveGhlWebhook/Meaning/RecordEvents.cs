using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

/// <summary>Opportunities, appointments, notes, tasks and the rest of the CRM.</summary>
internal static class RecordEvents
{
    public static Func<GhlPayload, string, GhlEvent> Plain(string kind, string change, params string[] facts) => (payload, type) =>
        GhlEvent.Of(payload, type) with { Meanings = [new RecordChange(kind, change, payload.Id("id"), Facts.Of(payload, facts))] };

    public static Func<GhlPayload, string, GhlEvent> Opportunity(string change) => (payload, type) =>
    {
        var facts = Facts.Of(payload, "status", "pipelineId", "monetaryValue", "assignedTo");
        if (payload.Id("pipelineStageId") is { } stage)
        {
            facts["stageId"] = stage;
        }
        return GhlEvent.Of(payload, type) with { Meanings = [new RecordChange("opportunity", change, payload.Id("id"), facts)] };
    };

    public static Func<GhlPayload, string, GhlEvent> Appointment(string change) => (payload, type) =>
    {
        var appointment = payload.Object("appointment");
        var facts = Facts.Of(appointment, "calendarId", "startTime", "endTime", "assignedUserId", "source");
        if (appointment.Text("appointmentStatus") is { Length: > 0 } status)
        {
            facts["status"] = status;
        }
        return GhlEvent.Of(payload, type) with
        {
            ContactId = appointment.Id("contactId"),
            Meanings = [new RecordChange("appointment", change, appointment.Id("id"), facts)],
        };
    };

    public static GhlEvent Conversation(GhlPayload payload, string type) => GhlEvent.Of(payload, type) with
    {
        ConversationId = payload.Id("id"),
        Meanings = [new RecordChange("conversation", payload.Flag("deleted") is true ? "deleted" : "unread_changed", payload.Id("id"), Facts.Of(payload, "unreadCount", "starred", "inbox"))],
    };

    public static Func<GhlPayload, string, GhlEvent> Location(string change) => (payload, type) => GhlEvent.Of(payload, type) with
    {
        LocationId = payload.Id("locationId") ?? payload.Id("id") ?? string.Empty,
        Meanings = [new RecordChange("location", change, payload.Id("id"), Facts.Of(payload, "companyId"))],
    };
}
