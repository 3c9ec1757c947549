using System.Text.Json;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.MirrorContacts;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Effects;

/// <summary>The contact's mirror follows what HighLevel tells, unless it tells what is older than what we have.</summary>
internal static class ContactEffect
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task ApplyAsync(UnitOfWork unit, StoredEvent stored, ContactState state)
    {
        var row = await MirrorTable.LockAsync(unit, stored.LocationId, state.ContactId);
        var before = row.Snapshot is null ? null : JsonSerializer.Deserialize<ContactSnapshot>(row.Snapshot, Json);
        if (IsOld(row, before, stored.At))
        {
            return;
        }
        var contact = ContactMerge.Apply(before, state.Contact, stored.LocationId, state.ContactId, stored.At);
        // Without the channels' DND the facts are not whole: the row stays as old as it was, so that GHL is asked before a send.
        var asOf = ContactMerge.IsWhole(state.Contact) ? stored.At.ToUnixTimeMilliseconds() : row.AsOf;
        Save(unit, stored, state.ContactId, JsonSerializer.Serialize(contact, Json), asOf);
        unit.Publish(Changed(stored, state.ContactId, state.Change, contact));
    }

    public static async Task ApplyAsync(UnitOfWork unit, StoredEvent stored, ContactGone gone)
    {
        var row = await MirrorTable.LockAsync(unit, stored.LocationId, gone.ContactId);
        if (IsOld(row, row.Snapshot is null ? null : JsonSerializer.Deserialize<ContactSnapshot>(row.Snapshot, Json), stored.At))
        {
            return;
        }
        // Nothing known means nothing is sent; the opt-out stays.
        Save(unit, stored, gone.ContactId, null, stored.At.ToUnixTimeMilliseconds());
        unit.Publish(Changed(stored, gone.ContactId, "deleted", null));
    }

    private static bool IsOld(MirrorRow row, ContactSnapshot? before, DateTimeOffset at) =>
        at.ToUnixTimeMilliseconds() < row.AsOf || at < before?.AsOf;

    private static void Save(UnitOfWork unit, StoredEvent stored, string contactId, string? snapshot, long asOf) => unit.Add(
        """
        UPDATE contact_mirror SET snapshot = @snapshot, as_of = @asOf, updated_at = now_ms()
        WHERE location_id = @LocationId AND contact_id = @contactId
        """,
        new { stored.LocationId, contactId, snapshot, asOf });

    private static ContactChanged Changed(StoredEvent stored, string contactId, string change, ContactSnapshot? contact) => new()
    {
        EventId = stored.EventId,
        LocationId = stored.LocationId,
        ContactId = contactId,
        Change = change,
        Contact = contact,
        At = stored.At,
    };
}
