using EnterpriseHub.Faults.Tests.Processes;
using EnterpriseHub.TestKit.Repository;
using Npgsql;
using StackExchange.Redis;

namespace EnterpriseHub.Faults.Tests.Servers;

/// <summary>
/// A RabbitMQ, a PostgreSQL and a Redis of a test's own, which it may end, kill and start again. Commits reach the disk before they are
/// answered, as in production. The set goes when this process goes, however it ends.
/// </summary>
internal sealed class ServerSet : IAsyncDisposable
{
    public const string RabbitMq = "rabbitmq";
    public const string Postgres = "postgres";
    public const string Redis = "redis";

    private static int _number;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"hub-servers-{Environment.ProcessId}-{Interlocked.Increment(ref _number)}");
    private Dictionary<string, string> _values = [];

    private ServerSet() => Disk = SmallDisk.TryMake(_folder);

    /// <summary>The disk below PostgreSQL; null where none could be made.</summary>
    public SmallDisk? Disk { get; }

    /// <summary>What the product is given.</summary>
    public BackendSettings Backends => new(_values["BUS_RABBITMQ"], _values["STORE_POSTGRES"], _values["CACHE_REDIS"]);

    /// <summary>RabbitMQ as its operator sees it.</summary>
    public Broker Broker => new(new Uri(_values["BUS_RABBITMQ"]), new Uri(_values["BUS_RABBITMQ_MANAGEMENT"]), _folder);

    /// <summary>Starts a set; skips the running test where none can be had.</summary>
    public static async Task<ServerSet> StartAsync()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("HUB_TEST_BACKENDS") == "none", "needs servers of its own; HUB_TEST_BACKENDS=none turned them off");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs servers of its own, which are started on Linux only");
        var set = new ServerSet();
        var (code, said) = await set.RunAsync("start", set._folder, "--until-exit-of", $"{Environment.ProcessId}");
        if (code != 0)
        {
            await set.DisposeAsync();
            Assert.Skip($"needs servers of its own: {said.Split('\n').FirstOrDefault(line => line.Length > 0)}");
        }
        set._values = (await File.ReadAllLinesAsync(Path.Combine(set._folder, "env")))
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('\''), StringComparer.Ordinal);
        return set;
    }

    /// <summary>Starts one; returns when it answers. Does nothing when it runs.</summary>
    public Task StartAsync(string name) => MustAsync("start", _folder, "--only", name);

    /// <summary>Ends one as its init system would.</summary>
    public Task StopAsync(string name) => MustAsync("stop", _folder, "--only", name);

    /// <summary>SIGKILL to one with all its processes.</summary>
    public Task KillAsync(string name) => MustAsync("kill", _folder, "--only", name);

    /// <summary>Asks PostgreSQL something as its superuser.</summary>
    public async Task<object?> AskAsync(string sql)
    {
        var own = new NpgsqlConnectionStringBuilder(_values["STORE_POSTGRES"]) { Username = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(own.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>A connection to Redis that may change its settings.</summary>
    public Task<ConnectionMultiplexer> RedisAsync() => ConnectionMultiplexer.ConnectAsync(_values["CACHE_REDIS"] + ",allowAdmin=true");

    public async ValueTask DisposeAsync()
    {
        await RunAsync("remove", _folder);
        Disk?.Dispose();
    }

    private async Task MustAsync(params string[] arguments)
    {
        var (code, said) = await RunAsync(arguments);
        if (code != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', arguments)}: {said}");
        }
    }

    private async Task<(int Code, string Said)> RunAsync(params string[] arguments) =>
        await Command.RunAsync("bash", [RepositoryRoot.Of("deploy", "local", "backends.sh"), .. arguments]);
}
