using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace EnterpriseHub.Faults.Tests.Servers;

/// <summary>What an operator sees of RabbitMQ and can do to it.</summary>
internal sealed class Broker(Uri broker, Uri management, string folder)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Raises the memory alarm: from now on publishers are blocked.</summary>
    public async Task BlockAsync()
    {
        await LimitAsync("1MB");
        if (!await IsAlarmedAsync())
        {
            throw new InvalidOperationException("the memory alarm is not listed");
        }
    }

    /// <summary>Lets the alarm go.</summary>
    public async Task UnblockAsync()
    {
        await LimitAsync("1GB");
        if (await IsAlarmedAsync())
        {
            throw new InvalidOperationException("the memory alarm stays");
        }
    }

    /// <summary>Messages that no consumer could take, by queue. The broker counts every five seconds.</summary>
    public async Task<IReadOnlyDictionary<string, long>> DeadLettersAsync()
    {
        await Task.Delay(6000, CancellationToken.None);
        using var answer = await GetAsync("/api/queues");
        using var queues = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        return queues.RootElement.EnumerateArray()
            .Select(queue => (Name: queue.GetProperty("name").GetString()!, Count: queue.TryGetProperty("messages", out var count) ? count.GetInt64() : 0))
            .Where(queue => queue.Count > 0 && (queue.Name.EndsWith("_error", StringComparison.Ordinal) || queue.Name.EndsWith("_skipped", StringComparison.Ordinal)))
            .ToDictionary(queue => queue.Name, queue => queue.Count);
    }

    private async Task<bool> IsAlarmedAsync()
    {
        using var answer = await GetAsync("/api/health/checks/alarms");
        return (int)answer.StatusCode == 503;
    }

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(management, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(broker.UserInfo)));
        return await Http.SendAsync(request);
    }

    private async Task LimitAsync(string bytes)
    {
        const string Debian = "/usr/lib/rabbitmq/bin/rabbitmqctl";
        var ports = (await File.ReadAllLinesAsync(Path.Combine(folder, "ports"))).Select(line => line.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        var (code, said) = await Command.RunAsync(
            File.Exists(Debian) ? Debian : "rabbitmqctl",
            ["set_vm_memory_high_watermark", "absolute", bytes],
            new Dictionary<string, string>
            {
                ["HOME"] = Path.Combine(folder, "rabbitmq", "home"), ["RABBITMQ_NODENAME"] = "hub@localhost", ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
                ["ERL_EPMD_PORT"] = ports["epmd"], ["RABBITMQ_CTL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
            });
        if (code != 0)
        {
            throw new InvalidOperationException($"rabbitmqctl: {said}");
        }
    }
}
