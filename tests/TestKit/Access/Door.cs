using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using EnterpriseHub.TestKit.Topologies;

namespace EnterpriseHub.TestKit.Access;

/// <summary>What came back.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">Content type.</param>
/// <param name="Body">Body; of a live stream its first part.</param>
public sealed record Answer(HttpStatusCode Status, string Type, string Body)
{
    /// <summary>The answer without what differs from request to request: the trace id, and the ids that were asked for.</summary>
    public Answer Without(Place asked) => this with
    {
        Body = asked.Traces.Aggregate(
            Regex.Replace(Body, "\"traceId\":\"[^\"]*\"", "\"traceId\":\"\""), (text, id) => text.Replace(id, "(asked)", StringComparison.Ordinal)),
    };
}

/// <summary>Asks the running product as some caller.</summary>
public sealed class Door(Topology hub)
{
    private const int PartsOfAStream = 3;

    /// <summary>Asks with an API key.</summary>
    public Task<Answer> AskAsync(string key, HttpMethod method, Ask ask) => AskAsync(request => request.Headers.Add("X-Api-Key", key), method, hub.For(ask.Path), ask);

    /// <summary>Asks with whatever credential is put into the request.</summary>
    public async Task<Answer> AskAsync(Action<HttpRequestMessage> show, HttpMethod method, Uri host, Ask ask)
    {
        using var request = new HttpRequestMessage(method, new Uri(host, ask.Path)) { Content = ask.Body is null ? null : JsonContent.Create(ask.Body) };
        show(request);
        using var answer = await hub.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var type = answer.Content.Headers.ContentType?.MediaType ?? "";
        return new Answer(answer.StatusCode, type, type == "text/event-stream" ? await BeginningAsync(answer) : await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> BeginningAsync(HttpResponseMessage answer)
    {
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var text = new StringBuilder();
        for (var parts = 0; parts < PartsOfAStream && await reader.ReadLineAsync() is { } line;)
        {
            text.AppendLine(line);
            parts += line.Length == 0 ? 1 : 0;
        }
        return text.ToString();
    }
}
