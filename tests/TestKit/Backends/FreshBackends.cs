using MassTransit;
using Npgsql;
using StackExchange.Redis;
using Xunit;

namespace EnterpriseHub.TestKit.Backends;

/// <summary>
/// An empty virtual host, PostgreSQL database and Redis database, for one test class (as its class fixture) or one topology.
/// Whoever reads a property where no servers can be had is skipped with the reason.
/// </summary>
public sealed class FreshBackends : IAsyncLifetime
{
    private readonly string _name = $"test_{NewId.NextGuid():N}";
    private RunningServers? _servers;
    private string? _missing = "InitializeAsync was not called";
    private int _redisDatabase;

    /// <summary>Why there are no servers; null where there are.</summary>
    public string? Missing => _missing;

    /// <summary>Skips the running test where there are no servers. For constructors of test classes: a skip in a fixture counts as a failure.</summary>
    public void Require() => Assert.SkipWhen(_missing is not null, _missing ?? string.Empty);

    /// <summary>amqp address with the fresh virtual host.</summary>
    public Uri RabbitMq => new(Servers.RabbitMq, $"/{_name}");

    /// <summary>Connection string of the fresh database.</summary>
    public string Postgres => new NpgsqlConnectionStringBuilder(Servers.Postgres) { Database = _name }.ConnectionString;

    /// <summary>Redis configuration text with the fresh database; its channels are shared with every other database.</summary>
    public string Redis => $"{Servers.Redis},defaultDatabase={_redisDatabase}";

    /// <summary>The three as command line settings of a service.</summary>
    public IReadOnlyList<string> Settings =>
    [
        "--Bus:Transport=RabbitMq", $"--Bus:RabbitMq={RabbitMq}",
        "--Store:Provider=Postgres", $"--Store:ConnectionString={Postgres}",
        "--Cache:Provider=Redis", $"--Cache:Redis={Redis}",
    ];

    /// <summary>What the broker knows of the virtual host.</summary>
    public BrokerView Broker => new(Servers, _name);

    private RunningServers Servers
    {
        get
        {
            Require();
            return _servers!;
        }
    }

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        (_servers, _missing) = await RunningServers.OfThisProcessAsync();
        if (_servers is null)
        {
            return;
        }
        await Task.WhenAll(
            new BrokerView(_servers, _name).MakeAsync(),
            SqlAsync($"CREATE DATABASE {_name}"),
            TakeRedisDatabaseAsync());
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_servers is null)
        {
            return;
        }
        await new BrokerView(_servers, _name).RemoveAsync();
        await SqlAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
        await FlushAsync(_redisDatabase);
    }

    private async Task SqlAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_servers!.Postgres) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Several test processes may share the server, so the next number is the server's.</summary>
    private async Task TakeRedisDatabaseAsync()
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(_servers!.Redis);
        var number = await redis.GetDatabase(0).StringIncrementAsync("test-kit:databases");
        _redisDatabase = 1 + (int)(number % 1023);
        await FlushAsync(_redisDatabase);
    }

    private async Task FlushAsync(int database)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync($"{_servers!.Redis},allowAdmin=true");
        await redis.GetServer(redis.GetEndPoints()[0]).FlushDatabaseAsync(database);
    }
}
