using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

/// <summary>Contacts: their id is <c>id</c>, and every event tells the whole contact.</summary>
internal static class ContactEvents
{
    public static Func<GhlPayload, string, GhlEvent> State(string change) => (payload, type) =>
        Of(payload, type, contact => new ContactState(contact, change, payload));

    public static GhlEvent Gone(GhlPayload payload, string type) => Of(payload, type, contact => new ContactGone(contact));

    private static GhlEvent Of(GhlPayload payload, string type, Func<string, IMeaning> mean)
    {
        var contact = payload.Id("id") ?? payload.Id("contactId");
        // dateAdded is the contact's age, not the change's.
        return GhlEvent.Of(payload, type) with
        {
            ContactId = contact,
            At = payload.Time("timestamp") ?? payload.Time("dateUpdated"),
            Meanings = contact is null ? [] : [mean(contact)],
        };
    }
}
