using EnterpriseHub.TestKit.Backends;
using Npgsql;
using StackExchange.Redis;

namespace EnterpriseHub.Architecture.Tests.Deploy;

/// <summary>What every test over real servers stands on.</summary>
public sealed class FreshBackendsTests(FreshBackends backends) : IClassFixture<FreshBackends>
{
    [Fact]
    public async Task The_virtual_host_is_empty() => Assert.Empty(await backends.Broker.QueuesAsync());

    [Fact]
    public async Task The_database_is_empty_and_may_be_written()
    {
        await using var connection = new NpgsqlConnection(backends.Postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("CREATE SCHEMA gateway; SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'", connection);
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Two_sets_do_not_see_each_others_entries()
    {
        var other = new FreshBackends();
        await other.InitializeAsync();
        using (var here = await ConnectionMultiplexer.ConnectAsync(backends.Redis))
        using (var there = await ConnectionMultiplexer.ConnectAsync(other.Redis))
        {
            await here.GetDatabase().StringSetAsync("lead", "one");
            Assert.False(await there.GetDatabase().KeyExistsAsync("lead"));
        }
        await other.DisposeAsync();
    }
}
