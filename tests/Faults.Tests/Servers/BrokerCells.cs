using EnterpriseHub.Faults.Tests.Bench;

namespace EnterpriseHub.Faults.Tests.Servers;

/// <summary>RabbitMQ is away or takes nothing: texts are taken all the same and go out once it is back.</summary>
internal static class BrokerCells
{
    public static IEnumerable<FaultCell> Of(ServerSet servers) =>
    [
        Cell("RabbitMQ stopped", "stopped for 30 s", async bench =>
        {
            await servers.StopAsync(ServerSet.RabbitMq);
            try
            {
                return await TakenDuringAsync(bench, seconds: 30);
            }
            finally
            {
                await servers.StartAsync(ServerSet.RabbitMq);
            }
        }),
        Cell("RabbitMQ killed", "kill -9, then started", async bench =>
        {
            await servers.KillAsync(ServerSet.RabbitMq);
            try
            {
                return await TakenDuringAsync(bench, seconds: 1);
            }
            finally
            {
                await servers.StartAsync(ServerSet.RabbitMq);
            }
        }),
        Cell("RabbitMQ blocked", "memory alarm for 8 s: publishers are blocked", async bench =>
        {
            await servers.Broker.BlockAsync();
            try
            {
                return "alarm listed, " + await TakenDuringAsync(bench, seconds: 8);
            }
            finally
            {
                await servers.Broker.UnblockAsync();
            }
        }),
    ];

    private static FaultCell Cell(string name, string injected, Func<FaultBench, Task<string>> fault) => new(
        name, injected, "gateway answers 200; " + FaultCell.OneEach, bench => SteadyLoad.DuringAsync(bench, () => fault(bench)));

    /// <summary>A lead of its own writes once a second and is heard each time.</summary>
    private static async Task<string> TakenDuringAsync(FaultBench bench, int seconds)
    {
        var before = bench.Answers.Taken;
        for (var second = 0; second < seconds; second++)
        {
            await bench.DeliverAsync(bench.Write(100 + second));
            await Task.Delay(900, CancellationToken.None);
        }
        return $"{bench.Answers.Taken - before} taken meanwhile";
    }
}
