using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Platform.Storage;
using MassTransit;

namespace EnterpriseHub.WebhookGateway.MirrorContacts;

/// <summary>The contact mirror. Opt-out and takeover of a row are never written here.</summary>
internal static class MirrorTable
{
    private const string Columns = "SELECT snapshot, as_of, opted_out_at, takeover_until, now_ms() AS now FROM contact_mirror "
        + "WHERE location_id = @locationId AND contact_id = @contactId";

    public static Task<MirrorRow?> FindAsync(SqlSession session, string locationId, string contactId) =>
        session.FirstOrDefaultAsync<MirrorRow>(Columns, new { locationId, contactId });

    /// <summary>Locks the contact's row, made bare when it is missing, so that a STOP and a claim see each other.</summary>
    public static async Task<MirrorRow> LockAsync(UnitOfWork unit, string locationId, string contactId)
    {
        var row = await unit.FirstOrDefaultAsync<MirrorRow>(Columns + " {for_update}", new { locationId, contactId });
        if (row is not null)
        {
            return row;
        }
        unit.Add(
            "INSERT INTO contact_mirror (location_id, contact_id, updated_at) VALUES (@locationId, @contactId, now_ms()) ON CONFLICT DO NOTHING",
            new { locationId, contactId });
        return (await unit.FirstOrDefaultAsync<MirrorRow>(Columns + " {for_update}", new { locationId, contactId }))!;
    }

    /// <summary>Stores what is known at <paramref name="asOf"/> unless something newer is there, and tells of a change.</summary>
    public static async Task<MirrorRow> StoreAsync(UnitOfWork unit, ContactSnapshot contact, long asOf, string change, TimeProvider time)
    {
        var row = await LockAsync(unit, contact.LocationId, contact.ContactId);
        // A tag webhook is newer than a read that began before it, although it leaves as_of alone.
        if (row.AsOf > asOf || row.Contact?.AsOf.ToUnixTimeMilliseconds() > asOf)
        {
            return row;
        }
        var stored = contact with { AsOf = DateTimeOffset.FromUnixTimeMilliseconds(asOf) };
        var snapshot = MirrorRow.Write(stored);
        unit.Add(
            "UPDATE contact_mirror SET snapshot = @snapshot, as_of = @asOf, updated_at = now_ms() WHERE location_id = @LocationId AND contact_id = @ContactId",
            new { snapshot, asOf, contact.LocationId, contact.ContactId });
        if (!Same(row.Contact, stored))
        {
            unit.Publish(new ContactChanged
            {
                EventId = NewId.NextGuid().ToString(),
                LocationId = contact.LocationId,
                ContactId = contact.ContactId,
                Change = change,
                Contact = stored,
                At = time.GetUtcNow(),
            });
        }
        return row with { Snapshot = snapshot, AsOf = asOf };
    }

    private static bool Same(ContactSnapshot? before, ContactSnapshot after) =>
        before is not null && Bare(before) == Bare(after);

    /// <summary>The contact without its time and with its lists in order.</summary>
    private static string Bare(ContactSnapshot contact) => MirrorRow.Write(contact with
    {
        AsOf = default,
        Tags = [.. contact.Tags.Order(StringComparer.Ordinal)],
        DndChannels = [.. contact.DndChannels.Order(StringComparer.Ordinal)],
        CustomFields = new SortedDictionary<string, string>(contact.CustomFields.ToDictionary(), StringComparer.Ordinal),
    });
}
