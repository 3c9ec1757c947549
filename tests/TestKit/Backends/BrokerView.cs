using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace EnterpriseHub.TestKit.Backends;

/// <summary>One virtual host, seen and made through the management API.</summary>
public sealed class BrokerView(RunningServers servers, string virtualHost)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Messages ready and unacknowledged, by queue; counted by the broker every five seconds.</summary>
    public async Task<IReadOnlyDictionary<string, long>> QueuesAsync()
    {
        using var answer = await SendAsync(HttpMethod.Get, $"queues/{virtualHost}");
        var queues = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return queues.EnumerateArray().ToDictionary(
            queue => queue.GetProperty("name").GetString()!,
            queue => queue.TryGetProperty("messages", out var count) ? count.GetInt64() : 0);
    }

    /// <summary>Closes every connection into the virtual host, as a broker restart would.</summary>
    public async Task CloseConnectionsAsync()
    {
        using var answer = await SendAsync(HttpMethod.Get, $"vhosts/{virtualHost}/connections");
        foreach (var connection in (await answer.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray())
        {
            using var closed = await SendAsync(HttpMethod.Delete, $"connections/{Uri.EscapeDataString(connection.GetProperty("name").GetString()!)}");
        }
    }

    internal async Task MakeAsync()
    {
        using var made = await SendAsync(HttpMethod.Put, $"vhosts/{virtualHost}");
        using var allowed = await SendAsync(
            HttpMethod.Put,
            $"permissions/{virtualHost}/{Credentials[0]}",
            new { configure = ".*", write = ".*", read = ".*" });
    }

    internal async Task RemoveAsync()
    {
        using var removed = await SendAsync(HttpMethod.Delete, $"vhosts/{virtualHost}");
    }

    private string[] Credentials => servers.RabbitMq.UserInfo.Split(':', 2);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(servers.Management, $"/api/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(servers.RabbitMq.UserInfo)));
        request.Content = body is null ? null : JsonContent.Create(body);
        var answer = await Http.SendAsync(request);
        return answer.EnsureSuccessStatusCode();
    }
}
