using System.Net.ServerSentEvents;
using System.Text.Json;
using EnterpriseHub.TestKit.Hosting;

namespace EnterpriseHub.Analytics.Tests;

public sealed class LiveTests(AnalyticsHost analytics) : IClassFixture<AnalyticsHost>
{
    [Fact]
    public async Task The_stream_tells_what_changed()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await using var events = Read(analytics.Host, "live", patience.Token).GetAsyncEnumerator(patience.Token);
        Assert.Equal(["summary", "leads", "activity"], await TypesAsync(events, 3));
        await analytics.PublishAsync(Facts.Inbound("live", "c1"));
        var summary = await UntilAsync(events, "summary", data => data.Long("window", "messages") == 1);
        Assert.Equal("live", summary.GetProperty("locationId").GetString());
    }

    [Fact]
    public async Task The_stream_of_one_instance_tells_what_another_recorded()
    {
        var data = Directory.CreateTempSubdirectory("hub-live-").FullName;
        await using (var first = await ModuleHost.StartAsync([], data, new AnalyticsModule()))
        await using (var second = await ModuleHost.StartAsync([], data, new AnalyticsModule()))
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
            await using var events = Read(first, "two", patience.Token).GetAsyncEnumerator(patience.Token);
            await TypesAsync(events, 3);
            await second.PublishAsync(Facts.Inbound("two", "c1"));
            await UntilAsync(events, "summary", summary => summary.Long("window", "messages") == 1);
        }
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task The_stream_ends_when_the_host_stops()
    {
        var host = await ModuleHost.StartAsync(new AnalyticsModule());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await using var events = Read(host, "stop", patience.Token).GetAsyncEnumerator(patience.Token);
        await TypesAsync(events, 3);
        var stopping = host.DisposeAsync();
        try
        {
            while (await events.MoveNextAsync())
            {
            }
        }
        catch (IOException)
        {
            // The platform may cut open streams at once; a browser comes back after either end.
        }
        await stopping;
        Assert.False(patience.IsCancellationRequested);
    }

    private static async IAsyncEnumerable<SseItem<string>> Read(
        ModuleHost host, string location, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Add("X-Api-Key", TestCallers.AdminKey);
        using var answer = await client.GetAsync(
            new Uri($"/api/metrics/live?locationId={location}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellation))
        {
            yield return item;
        }
    }

    private static async Task<IReadOnlyList<string>> TypesAsync(IAsyncEnumerator<SseItem<string>> events, int count)
    {
        var types = new List<string>();
        while (types.Count < count && await events.MoveNextAsync())
        {
            types.Add(events.Current.EventType);
        }
        return types;
    }

    private static async Task<JsonElement> UntilAsync(IAsyncEnumerator<SseItem<string>> events, string type, Func<JsonElement, bool> right)
    {
        while (await events.MoveNextAsync())
        {
            if (events.Current.EventType == type && JsonDocument.Parse(events.Current.Data).RootElement is var data && right(data))
            {
                return data;
            }
        }
        throw new InvalidOperationException("The stream ended too early.");
    }
}
