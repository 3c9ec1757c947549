using System.Diagnostics;
using EnterpriseHub.TestKit.Repository;

namespace EnterpriseHub.TestKit.Backends;

/// <summary>The RabbitMQ, PostgreSQL and Redis of this test process: those that <c>tests/run.sh</c> started, or its own.</summary>
/// <param name="RabbitMq">amqp address with the credentials of a broker administrator.</param>
/// <param name="Management">Address of the management API.</param>
/// <param name="Postgres">Connection string of a role that may create databases and is no superuser.</param>
/// <param name="Redis">StackExchange.Redis configuration text.</param>
public sealed record RunningServers(Uri RabbitMq, Uri Management, string Postgres, string Redis)
{
    private static readonly Lazy<Task<(RunningServers? Servers, string? Missing)>> Once = new(FindAsync);

    /// <summary>The servers, or the reason why there are none.</summary>
    public static Task<(RunningServers? Servers, string? Missing)> OfThisProcessAsync() => Once.Value;

    private static async Task<(RunningServers?, string?)> FindAsync()
    {
        if (Environment.GetEnvironmentVariable("HUB_TEST_BACKENDS") == "none")
        {
            return (null, "needs RabbitMQ, PostgreSQL and Redis; HUB_TEST_BACKENDS=none turned them off");
        }
        if (Read(key => Environment.GetEnvironmentVariable($"HUB_TEST_{key}"), "RABBITMQ", "RABBITMQ_MANAGEMENT", "POSTGRES", "REDIS") is { } given)
        {
            return (given, null);
        }
        return OperatingSystem.IsLinux()
            ? await StartAsync()
            : (null, "needs RabbitMQ, PostgreSQL and Redis: set HUB_TEST_RABBITMQ, HUB_TEST_POSTGRES and HUB_TEST_REDIS");
    }

    /// <summary>A private set in a folder of its own; a guard process of the script removes it when this process has ended, however it ends.</summary>
    private static async Task<(RunningServers?, string?)> StartAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"hub-backends-{Environment.ProcessId}");
        using var script = Process.Start(new ProcessStartInfo(
            "bash",
            [RepositoryRoot.Of("deploy", "local", "backends.sh"), "start", folder, "--fast", "--until-exit-of", $"{Environment.ProcessId}"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var output = script.StandardOutput.ReadToEndAsync();
        var errors = await script.StandardError.ReadToEndAsync() + await output;
        await script.WaitForExitAsync();
        if (script.ExitCode != 0)
        {
            return (null, $"needs RabbitMQ, PostgreSQL and Redis: {errors.Split('\n').FirstOrDefault(line => line.Length > 0)}");
        }
        var values = (await File.ReadAllLinesAsync(Path.Combine(folder, "env")))
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('\''), StringComparer.Ordinal);
        return (Read(values.GetValueOrDefault, "BUS_RABBITMQ", "BUS_RABBITMQ_MANAGEMENT", "STORE_POSTGRES", "CACHE_REDIS"), null);
    }

    private static RunningServers? Read(Func<string, string?> value, string rabbitMq, string management, string postgres, string redis)
    {
        if (value(rabbitMq) is not { Length: > 0 } bus || value(postgres) is not { Length: > 0 } store || value(redis) is not { Length: > 0 } cache)
        {
            return null;
        }
        var address = new Uri(bus);
        // RabbitMQ's own convention: the management port lies 10000 above.
        var api = value(management) is { Length: > 0 } set ? new Uri(set) : new UriBuilder("http", address.Host, address.Port + 10_000).Uri;
        return new RunningServers(address, api, store, cache);
    }
}
