using EnterpriseHub.Simulator.Control;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator;

/// <summary>Says what this is and lists its controls.</summary>
internal static class SimulatorIndex
{
    private static readonly object Content = new
    {
        what = "A simulated GoHighLevel and a simulated Claude for demo, tests and load. Never put it on a public address.",
        ghl = new { baseUrl = "/sim/ghl", token = "sim-<locationId>, or OAuth at /sim/ghl/oauth/chooselocation", conversationIds = "conv-<contactId> unless seeded" },
        claude = new { baseUrl = "/sim/claude", key = "any but 'invalid'", purposes = "analysis: schema has 'intent'; draft: schema has 'reply'; other" },
        controls = new[]
        {
            "GET, PUT /sim/control/latency", "GET, PUT, DELETE /sim/control/faults", "GET, PUT /sim/control/rate-limit", "POST /sim/ghl-control/contacts",
            "POST /sim/ghl-control/messages", "DELETE /sim/ghl-control", "GET, DELETE /sim/ghl/ledger?after=&limit=&locationId=&kind=", "GET /sim/ghl/ledger/summary",
            "GET /sim/claude/ledger/summary", "DELETE /sim/claude/ledger", "DELETE /sim/claude/cache", "GET /sim/leads", "POST /sim/leads/start", "POST /sim/leads/stop",
        },
        faultModes = new { ghl = FaultRule.GhlModes, claude = FaultRule.ClaudeModes },
        faultRule = new { upstream = "ghl|claude", mode = "…", method = "POST", path = "part of the path", locationId = "", purpose = "analysis|draft|other", probability = 1, count = 1, afterMs = 0, retryAfter = 1 },
    };

    public static void MapIndex(this IEndpointRouteBuilder routes) => routes.MapGet("/sim", () => Results.Json(Content, JsonText.Control));
}
