using EnterpriseHub.Platform.Security;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Analytics.ReportMetrics;

internal static class MetricsEndpoints
{
    private static readonly object[] GoLive =
    [
        new { key = "Claude__ApiKey", meaning = "Your Claude API key: Claude is real from then on" },
        new { key = "Ghl__ClientId, Ghl__ClientSecret", meaning = "Your GHL marketplace app: GHL is real from then on; connect locations at /oauth/start" },
    ];

    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        var metrics = routes.MapGroup("/api/metrics").WithTags("Metrics");
        metrics.MapGet("/summary", SummaryAsync)
            .WithSummary("Counts, percentiles and a series of the last ?window= (15m; 1m to 24h), of ?locationId= or all; today counts from ?dayStart= (Unix ms).");
        metrics.MapGet("/live", Live)
            .WithSummary("Server-sent events: summary, leads, activity whenever they change (at most twice a second), else heartbeat.");
        metrics.MapGet("/activity", ActivityAsync).WithSummary("The newest facts, newest first; limit 1 to 200, default 50. No texts.");
        metrics.MapGet("/locations", LocationsAsync).WithSummary("Locations that facts came from.");
        metrics.MapGet("/mode", (IOptions<DashboardOptions> options, IConfiguration settings) => TypedResults.Ok(new
        {
            Simulated = options.Value.Simulated && !(IsSet(settings, "Claude:ApiKey") && IsSet(settings, "Ghl:ClientId")),
            GoLive,
        }))
            .WithSummary("Whether GHL and Claude are simulated here, and what to set to go live.");
        routes.MapGet("/api/leads", LeadsAsync).WithTags("Leads")
            .WithSummary("Leads by score, best first, with reasons; ?locationId=, ?temperature=hot|warm|cold, limit 1 to 200, default 50.");
    }

    private static bool IsSet(IConfiguration settings, string key) => !string.IsNullOrWhiteSpace(settings[key]);

    private static async Task<IResult> SummaryAsync(HttpContext http, SummaryQuery summaries, TimeProvider time, CancellationToken cancellation)
    {
        var (question, refusal) = Question.Of(http, time);
        return refusal ?? TypedResults.Ok(await summaries.AskAsync(question!.Summary, cancellation));
    }

    private static IResult Live(HttpContext http, LiveStream stream, TimeProvider time, CancellationToken cancellation)
    {
        var (question, refusal) = Question.Of(http, time);
        if (refusal is not null)
        {
            return refusal;
        }
        // nginx would hold the events back otherwise.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(stream.ReadAsync(question!, cancellation));
    }

    private static async Task<IResult> ActivityAsync(HttpContext http, ActivityQuery activity, TimeProvider time, CancellationToken cancellation)
    {
        var (question, refusal) = Question.Of(http, time);
        return refusal ?? TypedResults.Ok(await activity.AskAsync(question!.Summary.LocationId, question.Limit, cancellation));
    }

    private static async Task<IResult> LeadsAsync(HttpContext http, LeadQuery leads, TimeProvider time, CancellationToken cancellation)
    {
        var (question, refusal) = Question.Of(http, time);
        return refusal ?? TypedResults.Ok(await leads.AskAsync(question!.Summary.LocationId, question.Temperature, question.Limit, cancellation));
    }

    private static async Task<IResult> LocationsAsync(HttpContext http, ActivityQuery activity, CancellationToken cancellation) =>
        TypedResults.Ok(await activity.LocationsAsync(Caller.Of(http).LocationId, cancellation));
}
