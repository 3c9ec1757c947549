using System.Text.Json;

namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>Calls of the contacts group. Tags only by the tag calls: an update would replace the whole list.</summary>
internal static class ContactCalls
{
    public static GhlCall<T> Get<T>(string contactId, Func<JsonElement, T?> read)
        where T : class => new("get_contact", HttpMethod.Get, Contact(contactId), GhlGroup.Contacts, read);

    public static GhlCall<Done> AddTags(string contactId, IReadOnlyList<string> tags) =>
        new("add_tags", HttpMethod.Post, Contact(contactId) + "/tags", GhlGroup.Contacts, Done.Read) { Json = new { tags } };

    public static GhlCall<Done> RemoveTags(string contactId, IReadOnlyList<string> tags) =>
        new("remove_tags", HttpMethod.Delete, Contact(contactId) + "/tags", GhlGroup.Contacts, Done.Read) { Json = new { tags } };

    /// <summary>Writes custom fields by id and nothing else of the contact.</summary>
    public static GhlCall<Done> SetCustomFields(string contactId, IReadOnlyDictionary<string, string> fields) =>
        new("update_custom_fields", HttpMethod.Put, Contact(contactId), GhlGroup.Contacts, Done.Read)
        {
            Json = new { customFields = fields.Select(field => new Dictionary<string, string> { ["id"] = field.Key, ["field_value"] = field.Value }) },
        };

    public static GhlCall<Done> Enroll(string contactId, string workflowId) =>
        new("enroll_in_workflow", HttpMethod.Post, $"{Contact(contactId)}/workflow/{Uri.EscapeDataString(workflowId)}", GhlGroup.Contacts, Done.Read)
        {
            Json = new { },
        };

    private static string Contact(string contactId) => "/contacts/" + Uri.EscapeDataString(contactId);
}
