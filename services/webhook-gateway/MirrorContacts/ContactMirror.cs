using System.Collections.Concurrent;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.MirrorContacts;

/// <summary>Keeps the mirror fresh. Callers for one contact share one call to GHL.</summary>
internal sealed class ContactMirror(GatewayDatabase database, LocationApi api, ILocations locations, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Location, string Contact), Lazy<Task<ContactSnapshot?>>> _asking = new();

    /// <summary>The contact as it was at most <paramref name="age"/> ago; null when GHL cannot be asked.</summary>
    public async Task<ContactSnapshot?> FreshAsync(
        string locationId, string contactId, TimeSpan age, CancellationToken cancellation, DrawFor who = DrawFor.Other)
    {
        var row = await database.ReadAsync(session => MirrorTable.FindAsync(session, locationId, contactId), cancellation);
        if (row is not null && row.IsFresh(age))
        {
            return row.Contact;
        }
        var asking = _asking.GetOrAdd((locationId, contactId), key => new(() => AskOnceAsync(key.Location, key.Contact, who)));
        // The call belongs to all who wait for it; one who gives up must not end it for the others.
        return await asking.Value.WaitAsync(cancellation);
    }

    private async Task<ContactSnapshot?> AskOnceAsync(string locationId, string contactId, DrawFor who)
    {
        try
        {
            return await AskAsync(locationId, contactId, who);
        }
        finally
        {
            _asking.TryRemove((locationId, contactId), out _);
        }
    }

    private async Task<ContactSnapshot?> AskAsync(string locationId, string contactId, DrawFor who)
    {
        if (await locations.FindAsync(locationId, CancellationToken.None) is not { Active: true })
        {
            return null;
        }
        // What a webhook tells while GHL is being asked is newer than the answer.
        var asOf = await database.ReadAsync(session => session.FirstOrDefaultAsync<long>("SELECT now_ms()"), CancellationToken.None);
        var call = ContactCalls.Get(contactId, answer => ContactReader.Read(answer, locationId, contactId));
        var result = await api.CallAsync(locationId, call, who, CancellationToken.None);
        if (result.Value is not { } contact)
        {
            return null;
        }
        var row = await database.WriteAsync(unit => MirrorTable.StoreAsync(unit, contact, asOf, "refreshed", time), CancellationToken.None);
        return row.Contact is { Known: true } known ? known : null;
    }
}
