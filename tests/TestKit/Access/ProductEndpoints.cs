using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.TestKit.Access;

/// <summary>What a running process answers to, asked from its own routing.</summary>
public static class ProductEndpoints
{
    /// <summary>Methods that a crawler tries on every route, mapped or not.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>Method and route of every endpoint, e.g. <c>GET /api/events/{eventId}</c>; without the simulator's.</summary>
    public static IReadOnlyList<string> Of(IServiceProvider services) =>
    [
        .. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                .Select(method => (Method: method, Route: $"/{endpoint.RoutePattern.RawText!.Trim('/')}")))
            .Where(endpoint => !AccessTable.IsSimulated(endpoint.Route))
            .Select(endpoint => $"{endpoint.Method} {endpoint.Route}")
            .Distinct().Order(StringComparer.Ordinal),
    ];
}
