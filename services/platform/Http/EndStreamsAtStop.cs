using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace EnterpriseHub.Platform.Http;

/// <summary>Live streams never end by themselves; without this each open dashboard would hold up a stop until its time is out.</summary>
internal sealed class EndStreamsAtStop(RequestDelegate next, IHostApplicationLifetime lifetime)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            if (EventStream.Is(context.Response))
            {
                context.Response.RegisterForDispose(lifetime.ApplicationStopping.Register(context.Abort));
            }
            return Task.CompletedTask;
        });
        return next(context);
    }
}

/// <summary>Server-sent events.</summary>
internal static class EventStream
{
    public static bool Is(HttpResponse response) =>
        response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true;
}
