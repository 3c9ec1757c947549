using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnterpriseHub.Simulator.Tests;

/// <summary>Takes webhooks down; refuses the first ones when told to.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private int refusals;

    private WebhookReceiver(WebApplication app, int refusals) => (this.app, this.refusals) = (app, refusals);

    public ConcurrentQueue<(byte[] Body, string Signature)> Received { get; } = new();

    public string Address => app.Urls.First() + "/hook";

    public IEnumerable<JsonElement> Events => Received.Select(one => JsonElement.Parse(one.Body));

    public static async Task<WebhookReceiver> StartAsync(int refusals = 0)
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(builder.Build(), refusals);
        receiver.app.MapPost("/hook", (Delegate)receiver.TakeAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    public async Task WaitAsync(Func<bool> enough)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (!enough())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpContext http)
    {
        if (Interlocked.Decrement(ref refusals) >= 0)
        {
            http.Response.Headers.RetryAfter = "0";
            return Results.StatusCode(429);
        }
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Received.Enqueue((body.ToArray(), http.Request.Headers["X-GHL-Signature"].ToString()));
        return Results.Ok();
    }
}
