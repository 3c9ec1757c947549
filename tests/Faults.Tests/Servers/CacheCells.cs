using EnterpriseHub.Faults.Tests.Bench;
using EnterpriseHub.TestKit.Network;
using StackExchange.Redis;

namespace EnterpriseHub.Faults.Tests.Servers;

/// <summary>Redis is away, slow, full or holds nonsense: nobody notices.</summary>
internal static class CacheCells
{
    public static IEnumerable<FaultCell> Of(ServerSet servers, FaultProxy toRedis) =>
    [
        Cell("Redis down", "stopped for 10 s", async () =>
        {
            await servers.StopAsync(ServerSet.Redis);
            try
            {
                await WaitAsync(10);
                return await CanConnectAsync(servers) ? throw new InvalidOperationException("it runs") : "connections refused";
            }
            finally
            {
                await servers.StartAsync(ServerSet.Redis);
            }
        }),
        Cell("Redis slow", "5 s late for 7 s", async () =>
        {
            toRedis.Fault = new ProxyFault { Latency = TimeSpan.FromSeconds(5) };
            await WaitAsync(7);
            var late = toRedis.Struck;
            toRedis.Fault = ProxyFault.None;
            return late > 0 ? $"{late} answers late" : throw new InvalidOperationException("nothing was late");
        }),
        Cell("Redis full", "1 MB, no eviction, 4 s", async () => await FullAsync(servers)),
        Cell("Redis wrong data", "all keys overwritten with bytes and types of another kind, 4 times", async () => await SpoiledAsync(servers)),
    ];

    private static FaultCell Cell(string name, string injected, Func<Task<string>> fault) => new(
        name, injected, FaultCell.OneEach, bench => SteadyLoad.DuringAsync(bench, fault));

    private static Task WaitAsync(int seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), CancellationToken.None);

    private static async Task<bool> CanConnectAsync(ServerSet servers)
    {
        try
        {
            using var redis = await servers.RedisAsync();
            return true;
        }
        catch (RedisConnectionException)
        {
            return false;
        }
    }

    private static async Task<string> FullAsync(ServerSet servers)
    {
        using var redis = await servers.RedisAsync();
        var server = redis.GetServer(redis.GetEndPoints()[0]);
        await server.ConfigSetAsync("maxmemory-policy", "noeviction");
        await server.ConfigSetAsync("maxmemory", "1mb");
        try
        {
            await redis.GetDatabase().StringSetAsync("fault:filler", new byte[1 << 20]);
            await redis.GetDatabase().StringSetAsync("fault:probe", "1");
            throw new InvalidOperationException("there was room");
        }
        catch (RedisServerException full) when (full.Message.StartsWith("OOM", StringComparison.Ordinal))
        {
            await WaitAsync(4);
            return "writes refused with OOM";
        }
        finally
        {
            await server.ConfigSetAsync("maxmemory", "256mb");
            await server.ConfigSetAsync("maxmemory-policy", "allkeys-lru");
            await redis.GetDatabase().KeyDeleteAsync("fault:filler");
        }
    }

    private static async Task<string> SpoiledAsync(ServerSet servers)
    {
        using var redis = await servers.RedisAsync();
        var (server, data, spoiled) = (redis.GetServer(redis.GetEndPoints()[0]), redis.GetDatabase(), 0);
        for (var round = 0; round < 4; round++)
        {
            foreach (var key in server.Keys().ToList())
            {
                await data.KeyDeleteAsync(key);
                Task written = spoiled++ % 2 == 0
                    ? data.StringSetAsync(key, new byte[] { 0xff, 0x00, 0x7b, 0xc3, 0x28 })
                    : data.ListRightPushAsync(key, "{\"a\":");
                await written;
            }
            await WaitAsync(1);
        }
        return spoiled > 0 ? $"{spoiled} keys spoiled" : throw new InvalidOperationException("there was no key");
    }
}
