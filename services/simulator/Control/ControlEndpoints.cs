using System.Text.Json;
using EnterpriseHub.Simulator.Ghl;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Control;

/// <summary>Changes how the simulated upstreams behave.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sim/control/latency", (LatencyBook book) => Results.Json(book.Current, JsonText.Control));
        routes.MapPut("/sim/control/latency", (JsonElement body, LatencyBook book) => Change<LatencyOptions>(Merge(book.Current, body), wanted =>
        {
            if (!wanted.IsValid())
            {
                return "0 <= minMs <= maxMs <= 600000 must hold for analysis, draft, other and ghl.";
            }
            book.Change(wanted);
            return null;
        }, () => book.Current));

        routes.MapGet("/sim/control/rate-limit", (GhlRateLimit limit) => Results.Json(limit.Current, JsonText.Control));
        routes.MapPut("/sim/control/rate-limit", (JsonElement body, GhlRateLimit limit) => Change<RateLimitOptions>(body, wanted =>
        {
            if (wanted is not { Max: >= 0, IntervalMs: > 0, Daily: > 0 })
            {
                return "max >= 0 (0 = off), intervalMs > 0 and daily > 0 must hold.";
            }
            limit.Change(wanted);
            return null;
        }, () => limit.Current));

        routes.MapGet("/sim/control/faults", (FaultBook book) => Results.Json(book.Current, JsonText.Control));
        routes.MapPut("/sim/control/faults", (JsonElement body, FaultBook book) =>
            Change<FaultPlan>(body.ValueKind == JsonValueKind.Array ? JsonElement.Parse($$"""{"rules":{{body.GetRawText()}}}""") : body, plan =>
            {
                var problem = plan.Rules.Select(rule => rule.Problem()).FirstOrDefault(text => text is not null);
                if (problem is null)
                {
                    book.Replace(plan.Rules, plan.Seed);
                }
                return problem;
            }, () => book.Current));
        routes.MapDelete("/sim/control/faults", (FaultBook book) =>
        {
            book.Replace([], null);
            return Results.NoContent();
        });
    }

    private static IResult Change<T>(JsonElement body, Func<T, string?> apply, Func<object> current)
    {
        try
        {
            var problem = apply(body.Deserialize<T>(JsonText.Control) ?? throw new JsonException("The body is null."));
            return problem is null ? Results.Json(current(), JsonText.Control) : Results.Problem(problem, statusCode: 400);
        }
        catch (JsonException wrong)
        {
            return Results.Problem(wrong.Message, statusCode: 400);
        }
    }

    /// <summary>Ranges that are left out stay as they are.</summary>
    private static JsonElement Merge(LatencyOptions current, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return body;
        }
        var merged = JsonSerializer.SerializeToNode(current, JsonText.Control)!.AsObject();
        foreach (var range in body.EnumerateObject())
        {
            merged[range.Name] = System.Text.Json.Nodes.JsonNode.Parse(range.Value.GetRawText());
        }
        return JsonSerializer.SerializeToElement(merged);
    }

    private sealed record FaultPlan
    {
        public required IReadOnlyList<FaultRule> Rules { get; init; }

        /// <summary>Makes the draws repeatable for a repeated order of requests.</summary>
        public int? Seed { get; init; }
    }
}
