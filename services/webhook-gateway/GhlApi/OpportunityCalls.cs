using System.Text.Json;

namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>An opportunity, as GHL's search lists it.</summary>
internal sealed record ListedOpportunity(string Id, string? StageId);

/// <summary>Calls of the opportunities group.</summary>
internal static class OpportunityCalls
{
    /// <summary>The contact's open opportunities in a pipeline.</summary>
    public static GhlCall<IReadOnlyList<ListedOpportunity>> FindOpen(string locationId, string contactId, string pipelineId) =>
        new("search_opportunities", HttpMethod.Get,
            $"/opportunities/search?location_id={Uri.EscapeDataString(locationId)}&contact_id={Uri.EscapeDataString(contactId)}"
                + $"&pipeline_id={Uri.EscapeDataString(pipelineId)}&status=open&limit=20",
            GhlGroup.Opportunities, ReadFound);

    public static GhlCall<Done> SetStage(string opportunityId, string pipelineId, string stageId) =>
        new("update_opportunity", HttpMethod.Put, "/opportunities/" + Uri.EscapeDataString(opportunityId), GhlGroup.Opportunities, Done.Read)
        {
            Json = new { pipelineId, pipelineStageId = stageId },
        };

    public static GhlCall<Done> Upsert(string locationId, string contactId, string pipelineId, string stageId, string name) =>
        new("upsert_opportunity", HttpMethod.Post, "/opportunities/upsert", GhlGroup.Opportunities, Done.Read)
        {
            Json = new
            {
                locationId,
                contactId,
                pipelineId,
                pipelineStageId = stageId,
                name,
                status = "open",
                // The specification requires these three; with them nobody is added and nobody is removed.
                followers = Array.Empty<string>(),
                isRemoveAllFollowers = false,
                followersActionType = "add",
            },
        };

    private static List<ListedOpportunity>? ReadFound(JsonElement answer)
    {
        var found = GhlJson.Member(answer, "opportunities");
        return found.ValueKind != JsonValueKind.Array ? null :
            [.. from item in found.EnumerateArray()
                let id = GhlJson.Text(item, "id")
                where id is not null
                select new ListedOpportunity(id, GhlJson.Text(item, "pipelineStageId"))];
    }
}
