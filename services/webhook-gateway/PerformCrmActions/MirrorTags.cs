using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.MirrorContacts;

namespace EnterpriseHub.WebhookGateway.PerformCrmActions;

/// <summary>Tags that we wrote are in the mirror at once: the next reply's gate must not wait for a webhook to learn of an off-tag.</summary>
internal static class MirrorTags
{
    public static async Task ApplyAsync(UnitOfWork unit, CrmAction action, TimeProvider time)
    {
        if (action.Action is not (CrmActionNames.AddTags or CrmActionNames.RemoveTags))
        {
            return;
        }
        var row = await MirrorTable.LockAsync(unit, action.LocationId, action.ContactId);
        if (row.Contact is { } contact)
        {
            // As old as before: nothing new is known of the rest.
            await MirrorTable.StoreAsync(unit, contact with { Tags = Tags(action, contact) }, row.AsOf, "tags", time);
        }
    }

    private static List<string> Tags(CrmAction action, ContactSnapshot contact) => action.Action == CrmActionNames.AddTags
        ? [.. contact.Tags.Union(CrmCalls.Read<AddTags>(action).Tags, StringComparer.OrdinalIgnoreCase)]
        : [.. contact.Tags.Except(CrmCalls.Read<RemoveTags>(action).Tags, StringComparer.OrdinalIgnoreCase)];
}
