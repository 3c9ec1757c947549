using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.TestKit;
using EnterpriseHub.TestKit.Hosting;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Analytics.Tests;

/// <summary>The analytics module in a real host. Each test uses a location of its own.</summary>
public sealed class AnalyticsHost : IAsyncLifetime
{
    internal ModuleHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await ModuleHost.StartAsync(["--Dashboard:Simulated=true"], null, new AnalyticsModule());

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>Publishes a message of any contract type; the same id twice is a duplicate.</summary>
    internal Task PublishAsync(object message, Guid? id = null) => Host.Services.GetRequiredService<IBus>()
        .Publish(message, message.GetType(), context => context.MessageId = id ?? NewId.NextGuid(), CancellationToken.None);

    internal async Task<JsonElement> GetAsync(string path) => await Host.Http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    internal Task<JsonElement> BecomesAsync(string path, Func<JsonElement, bool> right) => Eventually.BecomesAsync(() => GetAsync(path), right);

    internal async Task<HttpResponseMessage> SendAsync(string path, string? caller = null, string? ifNoneMatch = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (caller is not null)
        {
            request.Headers.Add(TestCallers.Header, caller);
        }
        if (ifNoneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        }
        return await Host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}

internal static class Json
{
    public static long Long(this JsonElement element, params string[] path) => path.Aggregate(element, (at, name) => at.GetProperty(name)).GetInt64();

    public static JsonElement Named(this JsonElement list, string name) => list.EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
}
