using System.Net;
using EnterpriseHub.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;

namespace EnterpriseHub.Platform.Observability;

/// <summary><c>/metrics</c> for Prometheus; who may read it: <see cref="MetricsOptions"/>.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics", (PrometheusScrape scrape) => TypedResults.Text(scrape.Read(), "text/plain; version=0.0.4; charset=utf-8"))
        .WithMetadata(new AnonymousIf(IsOpen), new DisableRateLimitingAttribute())
        .WithTags("Health")
        .WithSummary("Metrics in Prometheus text format");

    private static bool IsOpen(HttpContext context, MetricsOptions options) => options.Anonymous || IsThisMachine(context);

    /// <summary>What a proxy on this machine brings is not from this machine.</summary>
    private static bool IsThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("X-Original-For");
}
