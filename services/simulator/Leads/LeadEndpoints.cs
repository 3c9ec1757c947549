using System.Text.Json;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Leads;

/// <summary>Starts, stops and watches the lead generator.</summary>
internal static class LeadEndpoints
{
    public static void MapLeads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sim/leads", (LeadGenerator generator) => Results.Json(generator.Status, JsonText.Control));
        routes.MapPost("/sim/leads/stop", async (LeadGenerator generator) =>
        {
            await generator.EndAsync();
            return Results.Json(generator.Status, JsonText.Control);
        });
        routes.MapPost("/sim/leads/start", async (JsonElement body, LeadGenerator generator) =>
        {
            LeadPlan plan;
            try
            {
                plan = body.Deserialize<LeadPlan>(JsonText.Control) ?? new LeadPlan();
            }
            catch (JsonException wrong)
            {
                return Results.Problem(wrong.Message, statusCode: 400);
            }
            if (plan.Problem() is { } problem)
            {
                return Results.Problem(problem, statusCode: 400);
            }
            await generator.BeginAsync(plan);
            return Results.Json(generator.Status, JsonText.Control);
        });
    }
}
