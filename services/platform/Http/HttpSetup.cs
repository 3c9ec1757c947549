using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Platform.Http;

/// <summary>What every HTTP surface of the product has: problem details, headers, compression, limits, health, OpenAPI.</summary>
public static class HttpSetup
{
    internal static void AddPlatformHttp(this WebApplicationBuilder builder)
    {
        var options = builder.ReadOptions<HttpOptions>("Http");
        builder.WebHost.ConfigureKestrel(kestrel => Limit(kestrel, options));
        builder.Services.AddProblemDetails();
        builder.Services.Configure<ExceptionHandlerOptions>(handler =>
        {
            handler.StatusCodeSelector = StatusOf;
            // A caller that hangs up or sends half a body is no error of ours.
            handler.SuppressDiagnosticsCallback = context => context.Exception is Microsoft.AspNetCore.Http.BadHttpRequestException || context.HttpContext.RequestAborted.IsCancellationRequested;
        });
        var proxies = options.KnownProxies.Select(NetworkOf).ToList();
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded => Trust(forwarded, proxies));
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        });
        builder.Services.AddSmallBodyAwareCompression();
        builder.Services.AddHubOpenApi();
        builder.Services.AddSingleton<Readiness>();
    }

    internal static void UsePlatformHttp(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<EndStreamsAtStop>();
        app.UseWebSockets();
        app.UseResponseCompression();
        // Outside of what holds small bodies: half an answer that was held is dropped with the failure.
        app.UseExceptionHandler();
        app.UseHeldBodies();
        app.UseStatusCodePages();
        app.UseRouting();
    }

    internal static void MapPlatformEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapHealth();
        routes.MapMetrics();
        routes.MapOpenApi().AllowAnonymous();
    }

    private static void Limit(KestrelServerOptions kestrel, HttpOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }

    /// <exception cref="SettingException">An entry is neither an address nor a network.</exception>
    private static System.Net.IPNetwork NetworkOf(string proxy) =>
        IPAddress.TryParse(proxy, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : System.Net.IPNetwork.TryParse(proxy, out var network) ? network
        : throw new SettingException("Http:KnownProxies", proxy, "addresses or networks such as 10.0.0.7 or 10.0.0.0/8");

    private static void Trust(ForwardedHeadersOptions forwarded, IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        foreach (var proxy in proxies)
        {
            forwarded.KnownIPNetworks.Add(proxy);
        }
    }

    /// <summary>A body that was cut, too large or no JSON is the caller's fault; a store that blinks is nobody's.</summary>
    private static int StatusOf(Exception failure) => failure switch
    {
        Microsoft.AspNetCore.Http.BadHttpRequestException bad => bad.StatusCode,
        System.Data.Common.DbException { IsTransient: true } => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
