using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Claude;

/// <summary>The simulated Claude.</summary>
internal static class ClaudeEndpoints
{
    public static void MapClaude(this IEndpointRouteBuilder routes)
    {
        var pipeline = routes.ServiceProvider.GetRequiredService<ClaudePipeline>();
        routes.MapMethods("/sim/claude/v1/messages", ["POST"], pipeline.MessagesAsync).ExcludeFromDescription();
        routes.MapMethods("/sim/claude/v1/messages/count_tokens", ["POST"], pipeline.CountAsync).ExcludeFromDescription();
        routes.MapGet("/sim/claude/ledger/summary", (ClaudeLedger ledger) => Results.Json(ledger.Summarise(), JsonText.Control));
        routes.MapDelete("/sim/claude/ledger", (ClaudeLedger ledger) =>
        {
            ledger.Clear();
            return Results.NoContent();
        });
        routes.MapDelete("/sim/claude/cache", (PromptCache cache) =>
        {
            cache.Clear();
            return Results.NoContent();
        });
    }
}
