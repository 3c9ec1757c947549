using System.Diagnostics;
using System.Reflection;
using EnterpriseHub.Platform.Caching;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.Platform.Storage;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnterpriseHub.Platform.Http;

/// <summary>Health of a process: alive, ready, and everything an operator asks first.</summary>
internal static class Health
{
    private static readonly TimeSpan PingPatience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Health");
        health.MapGet("/live", () => TypedResults.Ok(new { status = "live" })).AllowAnonymous().WithSummary("The process runs");
        health.MapGet("/ready", Ready).AllowAnonymous().WithSummary("The process takes work; 503 while it starts or stops");
        health.MapGet("/detailed", DetailAsync).WithSummary("Modules, bus, store, cache, pools, version");
    }

    private static IResult Ready(Readiness readiness) => readiness.IsReady
        ? TypedResults.Ok(new { status = "ready" })
        : Problem.Of(503, "Not ready", "The process is starting or stopping. Ask again shortly.");

    private static async Task<HealthDetail> DetailAsync(
        HostedModules modules,
        Readiness readiness,
        IBusControl bus,
        IEnumerable<ModuleDatabase> databases,
        SecurityDatabase anyDatabase,
        HubCache cache,
        TimeProvider time,
        CancellationToken cancellation)
    {
        using var process = Process.GetCurrentProcess();
        return new HealthDetail
        {
            Status = readiness.IsReady ? "ready" : "not ready",
            Modules = [.. modules.All.Select(module => module.Name)],
            Version = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
            UptimeSeconds = (long)(time.GetUtcNow() - process.StartTime.ToUniversalTime()).TotalSeconds,
            Bus = BusOf(bus.CheckHealth()),
            Store = await PingAsync(anyDatabase, time, cancellation),
            Cache = cache.State,
            Pools = new PoolHealth([.. databases.Select(database => database.Pool)], ThreadPool.ThreadCount, ThreadPool.PendingWorkItemCount),
            MemoryBytes = process.WorkingSet64,
        };
    }

    private static BusHealth BusOf(BusHealthResult health) => new(health.Status.ToString().ToLowerInvariant(), health.Description);

    private static async Task<StoreHealth> PingAsync(ModuleDatabase database, TimeProvider time, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(PingPatience);
        var began = time.GetTimestamp();
        try
        {
            await database.ReadAsync(sql => sql.FirstOrDefaultAsync<long>("SELECT now_ms()"), patience.Token).WaitAsync(patience.Token);
            return new StoreHealth("up", time.GetElapsedTime(began).TotalMilliseconds);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            return new StoreHealth($"down ({failure.GetType().Name})", null);
        }
    }
}

/// <summary>What <c>/health/detailed</c> answers.</summary>
internal sealed record HealthDetail
{
    public required string Status { get; init; }

    public required IReadOnlyList<string> Modules { get; init; }

    public required string Version { get; init; }

    public required long UptimeSeconds { get; init; }

    public required BusHealth Bus { get; init; }

    public required StoreHealth Store { get; init; }

    public required CacheState Cache { get; init; }

    public required PoolHealth Pools { get; init; }

    public required long MemoryBytes { get; init; }
}

internal sealed record BusHealth(string State, string? Description);

internal sealed record StoreHealth(string State, double? PingMs);

internal sealed record PoolHealth(IReadOnlyList<StorePool> Store, int Threads, long QueuedWork);
