using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.TestKit.Hosting;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Browser.Tests;

/// <summary>
/// Stands in for what other modules answer on the same front door: the conversation, and the log-in where no module maps it.
/// </summary>
internal sealed class StubModule : IServiceModule
{
    private const string Cookie = "hub_session";

    public string Name => "stub";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public void AddConsumers(IBusRegistrationConfigurator bus)
    {
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/conversations/{id}", (string id, string locationId) => Results.Ok(StubConversation.Of(id, locationId)));
        var mapped = routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
        if (mapped.Any(endpoint => endpoint.RoutePattern.RawText?.TrimEnd('/') == "/api/session"))
        {
            return;
        }
        routes.MapGet("/api/session", (HttpContext http) => http.Request.Cookies[Cookie] == "open" ? Who() : Results.Problem(statusCode: 401)).AllowAnonymous();
        routes.MapPost("/api/session", (HttpContext http, Wish wish) =>
        {
            if (wish.Key != TestCallers.AdminKey)
            {
                return Results.Problem(statusCode: 401, title: "This key does not work");
            }
            http.Response.Cookies.Append(Cookie, "open", new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict });
            return Who();
        }).AllowAnonymous();
        routes.MapDelete("/api/session", (HttpContext http) =>
        {
            http.Response.Cookies.Delete(Cookie);
            return Results.NoContent();
        }).AllowAnonymous();
    }

    private static IResult Who() => Results.Ok(new { keyId = "test", role = "admin", locationId = (string?)null });

    private sealed record Wish(string? Key);
}
