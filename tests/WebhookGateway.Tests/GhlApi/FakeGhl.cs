using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnterpriseHub.WebhookGateway.Tests.GhlApi;

/// <summary>
/// A GHL on a real socket that remembers what it did and answers as told. Every request is held against the specifications; a fault
/// fails the test when the fake is disposed.
/// </summary>
internal sealed class FakeGhl : IAsyncDisposable
{
    public const string Send = "POST /conversations/messages";

    private static readonly GhlSpec? Spec = GhlSpec.Find();

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SeenRequest> _seen = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpContext, Func<Answer>, Task<Answer?>>>> _scripts = new();

    private FakeGhl(WebApplication app) => _app = app;

    public FakeGhlState State { get; } = new();

    public string Url { get; private set; } = "";

    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    /// <summary>Requests of one kind: method and the end of the path.</summary>
    public IReadOnlyList<SeenRequest> Of(string methodAndPath) => [.. _seen.Where(one => $"{one.Method} {one.Path}" == methodAndPath)];

    public static async Task<FakeGhl> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var fake = new FakeGhl(app);
        app.Run(fake.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        fake.Url = app.Urls.First();
        return fake;
    }

    /// <summary>The key of a search of one location: where the work of other locations goes on beside a test, only its own may meet its script.</summary>
    public static string SearchOf(string locationId) => $"GET /conversations/search?locationId={locationId}";

    /// <summary>Scripts the next answer of a kind: gets what the fake would do and answer, returns null when it cut the connection.</summary>
    public void Next(string methodAndPath, Func<HttpContext, Func<Answer>, Task<Answer?>> script) =>
        _scripts.GetOrAdd(methodAndPath, _ => new()).Enqueue(script);

    public void Next(string methodAndPath, Answer answer) => Next(methodAndPath, (_, _) => Task.FromResult<Answer?>(answer));

    /// <summary>Does it, then answers otherwise.</summary>
    public void NextButDone(string methodAndPath, Answer answer) => Next(methodAndPath, (_, usual) =>
    {
        usual();
        return Task.FromResult<Answer?>(answer);
    });

    /// <summary>Reads the request, maybe does it, and cuts the connection.</summary>
    public void NextCut(string methodAndPath, bool done) => Next(methodAndPath, (context, usual) =>
    {
        if (done)
        {
            usual();
        }
        context.Abort();
        return Task.FromResult<Answer?>(null);
    });

    /// <summary>Maybe does it, and never answers.</summary>
    public void NextSilent(string methodAndPath, bool done) => Next(methodAndPath, async (context, usual) =>
    {
        if (done)
        {
            usual();
        }
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        return null;
    });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Assert.Empty(_faults);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new SeenRequest
        {
            Method = context.Request.Method,
            Path = context.Request.Path,
            Query = context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            Headers = context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            ContentType = context.Request.ContentType ?? "",
            Body = await reader.ReadToEndAsync(),
        };
        _seen.Enqueue(request);
        foreach (var fault in Spec?.Faults(request) ?? [])
        {
            _faults.Enqueue(fault);
        }
        Func<Answer> usual = () => State.Do(request);
        var answer = NextScript(request) is { } script ? await script(context, usual) : usual();
        if (answer is null)
        {
            return;
        }
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.Body as string ?? JsonSerializer.Serialize(answer.Body, JsonSerializerOptions.Web));
    }

    private Func<HttpContext, Func<Answer>, Task<Answer?>>? NextScript(SeenRequest request)
    {
        var kind = $"{request.Method} {request.Path}";
        return new[] { $"{kind}?locationId={request.Query.GetValueOrDefault("locationId")}", kind }
            .Select(key => _scripts.TryGetValue(key, out var scripts) && scripts.TryDequeue(out var script) ? script : null)
            .FirstOrDefault(script => script is not null);
    }
}
