using System.Net.Http.Headers;
using System.Text;

namespace EnterpriseHub.Faults.Tests.Servers;

/// <summary>Raises RabbitMQ's memory alarm, which blocks whoever publishes, and lets it go.</summary>
internal sealed class BrokerAlarms(Uri broker, Uri management, string folder)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>From now on publishers are blocked.</summary>
    public async Task RaiseAsync()
    {
        await LimitAsync("1MB");
        if (!await IsRaisedAsync())
        {
            throw new InvalidOperationException("the memory alarm is not listed");
        }
    }

    /// <summary>Publishers may go on.</summary>
    public async Task ClearAsync()
    {
        await LimitAsync("1GB");
        if (await IsRaisedAsync())
        {
            throw new InvalidOperationException("the memory alarm stays");
        }
    }

    private async Task<bool> IsRaisedAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(management, "/api/health/checks/alarms"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(broker.UserInfo)));
        using var answer = await Http.SendAsync(request);
        return (int)answer.StatusCode == 503;
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
