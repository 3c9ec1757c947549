using System.Net;
using EnterpriseHub.Faults.Tests.Bench;
using Npgsql;

namespace EnterpriseHub.Faults.Tests.Servers;

/// <summary>PostgreSQL is away or cannot write: what cannot be stored is answered 429 and comes again.</summary>
internal static class StoreCells
{
    private const string BirthSql = "SELECT pg_postmaster_start_time()::text";

    public static IEnumerable<FaultCell> Of(ServerSet servers) =>
    [
        Cell("PostgreSQL restarted", "stopped and started", _ => RebornAsync(servers, () => servers.StopAsync(ServerSet.Postgres))),
        Cell("PostgreSQL killed", "kill -9, then started", _ => RebornAsync(servers, () => servers.KillAsync(ServerSet.Postgres))),
        Cell("PostgreSQL down", "stopped for 30 s", bench => DownAsync(bench, servers)),
        Cell("PostgreSQL connections", "role limited to 2 connections, all others ended, 8 s", _ => CrowdedAsync(servers)),
        Cell("PostgreSQL disk full", "no byte free on its disk for 8 s", _ => DiskFullAsync(servers)),
        new("dead letters", "after all of PostgreSQL's faults", "no message was given up", async _ =>
            await servers.Broker.DeadLettersAsync() is { Count: > 0 } dead
                ? throw new InvalidOperationException(string.Join(", ", dead.Select(pair => $"{pair.Value} in {pair.Key}")))
                : "none"),
    ];

    private static FaultCell Cell(string name, string injected, Func<FaultBench, Task<string>> fault) => new(
        name, injected, "429 with Retry-After or 200, never else; " + FaultCell.OneEach, bench => SteadyLoad.DuringAsync(bench, () => fault(bench)));

    private static async Task<string> RebornAsync(ServerSet servers, Func<Task> end)
    {
        var before = await servers.AskAsync(BirthSql);
        await end();
        await servers.StartAsync(ServerSet.Postgres);
        return (string?)before == (string?)await servers.AskAsync(BirthSql) ? throw new InvalidOperationException("it never ended") : "born anew";
    }

    private static async Task<string> DownAsync(FaultBench bench, ServerSet servers)
    {
        await servers.StopAsync(ServerSet.Postgres);
        var refused = new List<TestKit.Traffic.LeadMessage>();
        try
        {
            for (var second = 0; second < 30; second++)
            {
                refused.Add(bench.Write(100 + second));
                var status = await bench.TryDeliverAsync(refused[^1]);
                if (status != HttpStatusCode.TooManyRequests)
                {
                    throw new InvalidOperationException($"without a store the gateway answered {(int?)status}");
                }
                await Task.Delay(900, CancellationToken.None);
            }
        }
        finally
        {
            await servers.StartAsync(ServerSet.Postgres);
        }
        await Task.WhenAll(refused.Select(message => bench.DeliverAsync(message)));
        return $"{refused.Count} of {refused.Count} pushed back meanwhile";
    }

    private static async Task<string> CrowdedAsync(ServerSet servers)
    {
        await servers.AskAsync("ALTER ROLE hub CONNECTION LIMIT 2");
        var refused = 0;
        try
        {
            var ended = await servers.AskAsync("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'hub'");
            for (var second = 0; second < 8; second++)
            {
                refused += await IsRefusedAsync(servers) ? 1 : 0;
                await Task.Delay(1000, CancellationToken.None);
            }
            return refused > 0 ? $"{ended} connections ended, {refused} of 8 probes refused" : throw new InvalidOperationException("nobody was refused");
        }
        finally
        {
            await servers.AskAsync("ALTER ROLE hub CONNECTION LIMIT -1");
        }
    }

    private static async Task<bool> IsRefusedAsync(ServerSet servers)
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(servers.Backends.Store) { Pooling = false }.ConnectionString);
            await connection.OpenAsync();
            return false;
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            return true;
        }
    }

    private static async Task<string> DiskFullAsync(ServerSet servers)
    {
        if (servers.Disk is not { } disk)
        {
            return "not broken: needs root and the right to mount";
        }
        var before = await servers.AskAsync(BirthSql);
        await servers.AskAsync("CREATE TABLE IF NOT EXISTS public.ballast (line TEXT)");
        disk.Fill();
        string seen;
        try
        {
            seen = await WriteErrorAsync(servers);
            await Task.Delay(8000, CancellationToken.None);
        }
        finally
        {
            disk.Empty();
            // It may have ended itself rather than go on without its journal: then an init system starts it.
            await servers.StartAsync(ServerSet.Postgres);
        }
        return $"{seen}{((string?)before == (string?)await servers.AskAsync(BirthSql) ? "" : ", PostgreSQL ended itself")}";
    }

    private static async Task<string> WriteErrorAsync(ServerSet servers)
    {
        try
        {
            await servers.AskAsync("INSERT INTO public.ballast SELECT repeat(md5(n::text), 50) FROM generate_series(1, 200) AS n");
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.DiskFull)
        {
            return "a write failed with 53100";
        }
        catch (NpgsqlException)
        {
            return "a write ended the server";
        }
        throw new InvalidOperationException("there was room for 200 rows");
    }
}
