using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnterpriseHub.AiOrchestrator.Tests.Support;

/// <summary>One call as the API received it.</summary>
internal sealed record ClaudeCall(string Purpose, string User, string System, JsonElement Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Lines between a block's tags.</summary>
    public IReadOnlyList<string> Block(string tag)
    {
        var start = User.IndexOf($"<{tag}>\n", StringComparison.Ordinal) + tag.Length + 3;
        var end = User.IndexOf($"</{tag}>", start, StringComparison.Ordinal);
        return User[start..end].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

/// <summary>A Messages API on a free port, for the real SDK. Answers are set by the test.</summary>
internal sealed class FakeClaude : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeClaude(WebApplication app) => _app = app;

    public ConcurrentQueue<ClaudeCall> Calls { get; } = new();

    /// <summary>Answers a call; by default <see cref="Usual"/>.</summary>
    public Func<ClaudeCall, HttpContext, Task> Answer { get; set; } = Usual;

    /// <summary>What the analysis of a call tells, besides the usual.</summary>
    public Func<ClaudeCall, object?> Facts { get; set; } = _ => null;

    public string Address => _app.Urls.First();

    public IEnumerable<ClaudeCall> Of(string purpose) => Calls.Where(call => call.Purpose == purpose);

    public static async Task<FakeClaude> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var fake = new FakeClaude(app);
        app.MapPost("/v1/messages", fake.TakeAsync);
        await app.StartAsync();
        return fake;
    }

    public static Task Usual(ClaudeCall call, HttpContext context) => Text(context, call.Purpose == "analyze" ? Analysis() : Draft(call));

    public static string Analysis(object? facts = null, string intent = "other", string language = "en", bool needsHuman = false, bool optOut = false) =>
        JsonSerializer.Serialize(new { intent, sentiment = "neutral", urgency = "low", language, objections = Array.Empty<string>(), facts = facts ?? new { }, needs_human = needsHuman, opt_out = optOut });

    /// <summary>A draft that asks the first open question of the prompt.</summary>
    public static string Draft(ClaudeCall call)
    {
        var next = call.Block("open_questions").FirstOrDefault()?.Split(": ", 2);
        return Draft(next is null ? "Thanks for telling me." : $"Thanks for that. {next[1]}", next?[0] ?? "none");
    }

    public static string Draft(string reply, string asks = "none", bool needsHuman = false) =>
        JsonSerializer.Serialize(new { reply, asks, needs_human = needsHuman });

    public static Task Text(HttpContext context, string text, string stop = "end_turn") => context.Response.WriteAsJsonAsync(new
    {
        id = "msg_1", type = "message", role = "assistant", model = "claude-haiku-5-5", stop_reason = stop, stop_sequence = (string?)null,
        content = text.Length == 0 ? Array.Empty<object>() : [new { type = "text", text }],
        usage = new { input_tokens = 400, output_tokens = 200, cache_creation_input_tokens = 0, cache_read_input_tokens = 3000 },
    });

    public static async Task Fail(HttpContext context, int status, string type, string? retryAfter = null)
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }
        await context.Response.WriteAsJsonAsync(new { type = "error", error = new { type, message = "no" }, request_id = "req_1" });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var body = (await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body))!;
        var format = body.GetProperty("output_config").GetProperty("format").GetProperty("schema").GetProperty("properties");
        var call = new ClaudeCall(
            format.TryGetProperty("intent", out _) ? "analyze" : "draft",
            UserOf(body), body.GetProperty("system")[0].GetProperty("text").GetString()!, body,
            context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()));
        Calls.Enqueue(call);
        if (Answer == Usual && call.Purpose == "analyze" && Facts(call) is { } facts)
        {
            await Text(context, Analysis(facts));
            return;
        }
        await Answer(call, context);
    }

    private static string UserOf(JsonElement body)
    {
        var content = body.GetProperty("messages")[0].GetProperty("content");
        return content.ValueKind == JsonValueKind.String ? content.GetString()! : content[0].GetProperty("text").GetString()!;
    }
}
