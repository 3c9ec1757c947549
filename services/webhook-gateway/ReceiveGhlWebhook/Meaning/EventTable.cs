using System.Collections.Frozen;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

/// <summary>Every event type of HighLevel's that we understand, and what it means. Anything else is stored and counted.</summary>
internal static class EventTable
{
    private static readonly FrozenDictionary<string, Func<GhlPayload, string, GhlEvent>> Rows =
        new Dictionary<string, Func<GhlPayload, string, GhlEvent>>(StringComparer.Ordinal)
        {
            ["InboundMessage"] = MessageEvents.Inbound,
            ["OutboundMessage"] = MessageEvents.Outbound,
            ["VoiceAiCallEnd"] = MessageEvents.VoiceAiCallEnd,
            ["ConversationUnreadUpdate"] = RecordEvents.Conversation,

            ["ContactCreate"] = ContactEvents.State("created"),
            ["ContactUpdate"] = ContactEvents.State("updated"),
            ["ContactTagUpdate"] = ContactEvents.State("tags"),
            ["ContactDndUpdate"] = ContactEvents.State("dnd"),
            ["ContactDelete"] = ContactEvents.Gone,

            ["OpportunityCreate"] = RecordEvents.Opportunity("created"),
            ["OpportunityUpdate"] = RecordEvents.Opportunity("updated"),
            ["OpportunityStageUpdate"] = RecordEvents.Opportunity("stage_changed"),
            ["OpportunityStatusUpdate"] = RecordEvents.Opportunity("status_changed"),
            ["OpportunityMonetaryValueUpdate"] = RecordEvents.Opportunity("value_changed"),
            ["OpportunityAssignedToUpdate"] = RecordEvents.Opportunity("assigned"),
            ["OpportunityDelete"] = RecordEvents.Opportunity("deleted"),

            ["AppointmentCreate"] = RecordEvents.Appointment("created"),
            ["AppointmentUpdate"] = RecordEvents.Appointment("updated"),
            ["AppointmentDelete"] = RecordEvents.Appointment("deleted"),

            ["NoteCreate"] = RecordEvents.Plain("note", "created"),
            ["NoteUpdate"] = RecordEvents.Plain("note", "updated"),
            ["NoteDelete"] = RecordEvents.Plain("note", "deleted"),
            ["TaskCreate"] = RecordEvents.Plain("task", "created", "assignedTo", "dueDate"),
            ["TaskComplete"] = RecordEvents.Plain("task", "completed", "assignedTo", "dueDate"),
            ["TaskDelete"] = RecordEvents.Plain("task", "deleted", "assignedTo", "dueDate"),
            ["CampaignStatusUpdate"] = RecordEvents.Plain("campaign", "status_changed", "status", "replied", "templateId"),
            ["UserCreate"] = RecordEvents.Plain("user", "created"),
            ["UserUpdate"] = RecordEvents.Plain("user", "updated"),
            ["UserDelete"] = RecordEvents.Plain("user", "deleted"),

            ["LocationCreate"] = RecordEvents.Location("created"),
            ["LocationUpdate"] = RecordEvents.Location("updated"),
            ["INSTALL"] = AppEvents.Install,
            ["UNINSTALL"] = AppEvents.Uninstall,
            ["PLAN_CHANGE"] = AppEvents.PlanChange,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a signed webhook means; null when it is no webhook of HighLevel's at all.</summary>
    public static GhlEvent? Read(GhlPayload payload)
    {
        if (payload.Id("type") is not { } type)
        {
            return null;
        }
        if (Rows.TryGetValue(type, out var read))
        {
            return read(payload, type);
        }
        // The one event whose type names the channel instead of the event.
        return MessageEvents.IsProviderOutbound(payload)
            ? MessageEvents.ProviderOutbound(payload)
            : GhlEvent.Of(payload, type) with { IsKnown = false };
    }
}
