using EnterpriseHub.Simulator.Ghl.Calls;

namespace EnterpriseHub.Simulator.Ghl;

/// <summary>The table of the simulated GHL: method, path, kind in the ledger, effect.</summary>
internal static class GhlEndpoints
{
    public static void MapGhl(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var pipeline = services.GetRequiredService<GhlPipeline>();
        var messages = services.GetRequiredService<MessageCalls>();
        var conversations = services.GetRequiredService<ConversationCalls>();
        var contacts = services.GetRequiredService<ContactCalls>();
        var opportunities = services.GetRequiredService<OpportunityCalls>();
        var oauth = services.GetRequiredService<OAuthCalls>();

        Map("POST", "/conversations/messages", "message", messages.Send);
        Map("GET", "/conversations/messages/{messageId}", "message-read", messages.Get);
        Map("GET", "/conversations/search", "conversation-read", conversations.Search);
        Map("GET", "/conversations/{conversationId}/messages", "conversation-read", conversations.Messages);
        Map("POST", "/conversations/", "conversation", conversations.Create);

        Map("POST", "/contacts/upsert", "field", contacts.Upsert);
        Map("GET", "/contacts/{contactId}", "contact-read", contacts.Get);
        Map("PUT", "/contacts/{contactId}", "field", contacts.Put);
        Map("DELETE", "/contacts/{contactId}", "contact-delete", contacts.Delete);
        Map("POST", "/contacts/{contactId}/tags", "tag", contacts.AddTags);
        Map("DELETE", "/contacts/{contactId}/tags", "tag", contacts.RemoveTags);
        Map("POST", "/contacts/{contactId}/workflow/{workflowId}", "workflow", contacts.Workflow);
        Map("DELETE", "/contacts/{contactId}/workflow/{workflowId}", "workflow", contacts.Workflow);
        Map("POST", "/contacts/{contactId}/notes", "note", contacts.Note);
        Map("POST", "/contacts/{contactId}/tasks", "task", contacts.Task);

        Map("POST", "/opportunities/", "opportunity", opportunities.Create);
        Map("POST", "/opportunities/upsert", "opportunity", opportunities.Upsert);
        Map("GET", "/opportunities/search", "opportunity-read", opportunities.Search);
        Map("GET", "/opportunities/pipelines", "opportunity-read", opportunities.Pipelines);
        Map("PUT", "/opportunities/{opportunityId}", "opportunity", opportunities.Put);
        Map("PUT", "/opportunities/{opportunityId}/status", "opportunity", opportunities.PutStatus);

        Map("GET", "/locations/{locationId}", "location-read", LocationCalls.Get);
        Map("GET", "/locations/{locationId}/customFields", "location-read", LocationCalls.CustomFields);
        Map("GET", "/locations/{locationId}/tags", "location-read", LocationCalls.TagList);
        Map("GET", "/workflows/", "location-read", LocationCalls.WorkflowList);

        Map("GET", "/oauth/chooselocation", "oauth", oauth.Choose, open: true);
        Map("POST", "/oauth/token", "oauth", oauth.Token, open: true);
        Map("POST", "/oauth/locationToken", "oauth", oauth.LocationToken, open: true);

        void Map(string method, string path, string kind, GhlEffect effect, bool open = false) => routes
            .MapMethods("/sim/ghl" + path, [method], http => pipeline.RunAsync(http, kind, open, effect))
            .ExcludeFromDescription();
    }
}
