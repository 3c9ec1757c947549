using System.Text;
using System.Text.Json;
using EnterpriseHub.Model.Tests.Scheduling;

namespace EnterpriseHub.Model.Tests.Ports;

/// <summary>A model whose reply names the last word of every text that it answers. Some of its calls fail.</summary>
internal sealed class ModelClaude(IReadOnlyList<bool> failures)
{
    private int _calls;

    public HttpMessageHandler WayOf(Loop loop, Process process) => new Way(this, loop, process);

    private HttpResponseMessage Answer(string request)
    {
        var fails = _calls < failures.Count && failures[_calls];
        _calls++;
        if (fails)
        {
            return Json(500, new { type = "error", error = new { type = "api_error", message = "no" } });
        }
        using var document = JsonDocument.Parse(request);
        var schema = document.RootElement.GetProperty("output_config").GetProperty("format").GetProperty("schema").GetProperty("properties");
        var text = schema.TryGetProperty("intent", out _)
            ? """{"intent":"other","sentiment":"neutral","urgency":"low","language":"en","objections":[],"facts":{},"needs_human":false,"opt_out":false}"""
            : JsonSerializer.Serialize(new { reply = ReplyTo(UserOf(document.RootElement)), asks = "none", needs_human = false });
        return Json(200, new
        {
            id = "msg_1", type = "message", role = "assistant", model = "claude-haiku-5-5", stop_reason = "end_turn", stop_sequence = (string?)null,
            content = new[] { new { type = "text", text } },
            usage = new { input_tokens = 1, output_tokens = 1, cache_creation_input_tokens = 0, cache_read_input_tokens = 0 },
        });
    }

    private static string ReplyTo(string user)
    {
        var start = user.IndexOf("<messages>\n", StringComparison.Ordinal) + "<messages>\n".Length;
        var lines = user[start..user.IndexOf("</messages>", start, StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Words.Reply(lines.Select(line => line.Split(' ')[^1]));
    }

    private static string UserOf(JsonElement body)
    {
        var content = body.GetProperty("messages")[0].GetProperty("content");
        return content.ValueKind == JsonValueKind.String ? content.GetString()! : content[0].GetProperty("text").GetString()!;
    }

    private static HttpResponseMessage Json(int status, object body) => new((System.Net.HttpStatusCode)status)
    {
        Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
    };

    private sealed class Way(ModelClaude claude, Loop loop, Process process) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(CancellationToken.None);
            await loop.YieldAsync(process, "claude", cancellationToken);
            var answer = claude.Answer(body);
            answer.RequestMessage = request;
            return answer;
        }
    }
}
