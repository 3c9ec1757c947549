using System.Text.Json;

namespace EnterpriseHub.Simulator.Tests;

/// <summary>Answers against the response schemas of HighLevel's published specifications.</summary>
public sealed class SpecTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    [Fact]
    public async Task Answers_fit_the_specifications()
    {
        var contact = new { type = "SMS", contactId = "s-1", message = "Hello" };
        var opportunity = new { pipelineId = "pipeline-loc-1", locationId = "loc-1", name = "Deal", status = "open", contactId = "s-1", monetaryValue = 1000 };
        var sent = await CheckAsync("conversations", "/conversations/messages", "POST", "/conversations/messages", contact);
        await CheckAsync("conversations", "/conversations/search", "GET", "/conversations/search?locationId=loc-1");
        await CheckAsync("conversations", "/conversations/search", "GET", "/conversations/search?locationId=loc-1&sort=asc&sortBy=last_message_date&startAfterDate=1&limit=5");
        await CheckAsync("conversations", "/conversations/", "POST", "/conversations/", new { locationId = "loc-1", contactId = "s-1" });
        await CheckAsync("conversations", "/conversations/messages/{id}", "GET", "/conversations/messages/" + sent.GetProperty("messageId").GetString(), unwrap: "message");
        await CheckAsync("conversations", "/conversations/{conversationId}/messages", "GET", "/conversations/conv-s-1/messages", unwrap: "messages");
        await CheckAsync("contacts", "/contacts/{contactId}", "GET", "/contacts/s-1");
        await CheckAsync("contacts", "/contacts/{contactId}", "PUT", "/contacts/s-1", new { firstName = "Ana" });
        await CheckAsync("contacts", "/contacts/upsert", "POST", "/contacts/upsert", new { locationId = "loc-1", phone = "+12065550111" });
        await CheckAsync("contacts", "/contacts/{contactId}/tags", "POST", "/contacts/s-1/tags", new { tags = new[] { "a" } });
        await CheckAsync("contacts", "/contacts/{contactId}/tags", "DELETE", "/contacts/s-1/tags", new { tags = new[] { "a" } });
        await CheckAsync("contacts", "/contacts/{contactId}/workflow/{workflowId}", "POST", "/contacts/s-1/workflow/w-1", new { });
        await CheckAsync("contacts", "/contacts/{contactId}/workflow/{workflowId}", "DELETE", "/contacts/s-1/workflow/w-1");
        await CheckAsync("contacts", "/contacts/{contactId}/notes", "POST", "/contacts/s-1/notes", new { body = "note" });
        await CheckAsync("contacts", "/contacts/{contactId}/tasks", "POST", "/contacts/s-1/tasks", new { title = "t", dueDate = "2026-12-01T00:00:00Z", completed = false });
        var made = await CheckAsync("opportunities", "/opportunities/", "POST", "/opportunities/", opportunity);
        var id = made.GetProperty("opportunity").GetProperty("id").GetString();
        var upserted = await CheckAsync("opportunities", "/opportunities/upsert", "POST", "/opportunities/upsert", opportunity);
        Assert.Equal(id, upserted.GetProperty("opportunity").GetProperty("id").GetString());
        await CheckAsync("opportunities", "/opportunities/{id}", "PUT", "/opportunities/" + id, new { pipelineStageId = "stage-hot" });
        await CheckAsync("opportunities", "/opportunities/{id}/status", "PUT", $"/opportunities/{id}/status", new { status = "won" });
        var found = await CheckAsync("opportunities", "/opportunities/search", "GET", "/opportunities/search?location_id=loc-1&contact_id=s-1");
        Assert.Equal("won", found.GetProperty("opportunities")[0].GetProperty("status").GetString());
        // The pipeline's stages are declared as arrays of arrays; real ones are objects.
        await CheckAsync("opportunities", "/opportunities/pipelines", "GET", "/opportunities/pipelines?locationId=loc-1", ignore: "stages");
        await CheckAsync("locations", "/locations/{locationId}", "GET", "/locations/loc-1");
        await CheckAsync("locations", "/locations/{locationId}/customFields", "GET", "/locations/loc-1/customFields");
        await CheckAsync("locations", "/locations/{locationId}/tags", "GET", "/locations/loc-1/tags");
        await CheckAsync("workflows", "/workflows/", "GET", "/workflows/?locationId=loc-1");
        await CheckAsync("contacts", "/contacts/{contactId}", "DELETE", "/contacts/s-1");
    }

    private async Task<JsonElement> CheckAsync(string spec, string template, string method, string path, object? body = null, string? unwrap = null, string? ignore = null)
    {
        var file = Shared.File($"ghl/openapi/v2/apps/{spec}.json");
        var document = JsonElement.Parse(await File.ReadAllTextAsync(file));
        var (status, answer, _) = await host.GhlAsync(method, path, body);
        Assert.True(status is 200 or 201, $"{method} {path}: {status} {answer}");
        var responses = document.GetProperty("paths").GetProperty(template).GetProperty(method.ToLowerInvariant()).GetProperty("responses");
        Assert.True(responses.TryGetProperty(status.ToString(), out var response), $"{method} {template} has no {status}");
        var schema = response.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        var errors = new SchemaCheck(document, nullsAreAbsent: true).Validate(schema, unwrap is null ? answer : answer.GetProperty(unwrap));
        Assert.DoesNotContain(errors, error => ignore is null || !error.Contains(ignore, StringComparison.Ordinal));
        return answer;
    }
}
