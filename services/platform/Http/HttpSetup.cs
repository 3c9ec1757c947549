using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EnterpriseHub.Platform.Http;

/// <summary>What every HTTP surface of the product has: problem details, headers, compression, health.</summary>
public static class HttpSetup
{
    internal static void AddPlatformHttp(this IHostApplicationBuilder builder) => builder.Services.AddProblemDetails();

    internal static void UsePlatformHttp(this WebApplication app) => app.UseExceptionHandler();

    internal static void MapPlatformEndpoints(this IEndpointRouteBuilder routes) => routes.MapGet("/health/live", () => Results.Ok());
}
