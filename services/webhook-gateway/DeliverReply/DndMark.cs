using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.MirrorContacts;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>GHL refused for do-not-disturb: the mirror learns it before any webhook or read does.</summary>
internal static class DndMark
{
    public static async Task StoreAsync(UnitOfWork unit, Reply reply, TimeProvider time)
    {
        var row = await MirrorTable.LockAsync(unit, reply.LocationId, reply.ContactId);
        if (row.Contact is { } contact && !contact.DndChannels.Contains(reply.Channel))
        {
            // As old as before: nothing new is known of tags.
            await MirrorTable.StoreAsync(unit, contact with { DndChannels = [.. contact.DndChannels, reply.Channel] }, row.AsOf, "dnd", time);
        }
    }
}
