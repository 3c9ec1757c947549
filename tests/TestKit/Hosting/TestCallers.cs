using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Security;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.TestKit.Hosting;

/// <summary>
/// Lets a test be any caller without making keys first: header <c>X-Test-Caller: Viewer:loc1</c> replaces the caller
/// whom the platform let in. Without it the admin key's caller stays.
/// </summary>
public sealed class TestCallers : IServiceModule
{
    /// <summary>Key with the admin role.</summary>
    public const string AdminKey = "test-admin-key-0123456789";

    /// <summary>Header that names role and location.</summary>
    public const string Header = "X-Test-Caller";

    /// <inheritdoc />
    public string Name => "test-callers";

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    /// <inheritdoc />
    public void AddConsumers(IBusRegistrationConfigurator bus)
    {
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder routes) => ((IApplicationBuilder)routes).Use((HttpContext context, RequestDelegate next) =>
    {
        if (context.Request.Headers[Header].ToString() is { Length: > 0 } asked)
        {
            var parts = asked.Split(':');
            context.Features.Set(new Caller("test", Enum.Parse<HubRole>(parts[0]), parts.Length > 1 ? parts[1] : null));
        }
        else if (context.Features.Get<Caller>() is null)
        {
            context.Features.Set(new Caller("test", HubRole.Admin, null));
        }
        return next(context);
    });
}
