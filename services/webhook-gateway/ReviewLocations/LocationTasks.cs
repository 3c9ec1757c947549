using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.Storage;
using MassTransit;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.ReviewLocations;

/// <summary>Work that each active location needs from time to time. When it is due is in the store, so a restart forgets nothing.</summary>
internal sealed class LocationTasks(GatewayDatabase database, IOptions<ReviewOptions> options)
{
    private long LeaseMs => (long)options.Value.ReviewLease.TotalMilliseconds;

    /// <summary>Locations whose task is due; first makes the rows of new locations.</summary>
    /// <param name="task">A word of <see cref="LocationTask"/>.</param>
    /// <param name="firstDue">When a new location's first run is due, from the location and the store's clock.</param>
    /// <param name="cancellation">Ends the reads.</param>
    public async Task<IReadOnlyList<string>> DueAsync(string task, Func<LocationSettings, DateTimeOffset, DateTimeOffset> firstDue, CancellationToken cancellation)
    {
        var (now, added) = await database.ReadAsync(
            async session => (
                await session.FirstOrDefaultAsync<long>("SELECT now_ms()"),
                await session.QueryAsync<LocationRow>(
                    $"""
                    {LocationRow.Select} WHERE status = 'active'
                      AND NOT EXISTS (SELECT 1 FROM location_task t WHERE t.location_id = location.location_id AND t.task = @task)
                    """,
                    new { task })),
            cancellation);
        foreach (var location in added)
        {
            var due = firstDue(location.Settle(), DateTimeOffset.FromUnixTimeMilliseconds(now));
            await database.WriteAsync(unit => AddAsync(unit, location.LocationId, task, due), cancellation);
        }
        return await database.ReadAsync(
            session => session.QueryAsync<string>(
                """
                SELECT t.location_id FROM location_task t JOIN location l ON l.location_id = t.location_id AND l.status = 'active'
                WHERE t.task = @task AND t.due_at <= now_ms() AND t.lease_until <= now_ms() ORDER BY t.due_at LIMIT 100
                """,
                new { task }),
            cancellation);
    }

    /// <summary>Takes the work; null when another instance has it or it is not due any more.</summary>
    public Task<LocationTask?> ClaimAsync(string locationId, string task, CancellationToken cancellation) => database.WriteAsync(
        unit => unit.FirstOrDefaultAsync<LocationTask>(
            """
            UPDATE location_task SET lease = @lease, lease_until = now_ms() + @length
            WHERE location_id = @locationId AND task = @task AND due_at <= now_ms() AND lease_until <= now_ms()
            RETURNING location_id, task, lease, read_up_to, now_ms() AS now, (SELECT CASE WHEN l.connected_at > l.created_at THEN l.connected_at ELSE l.created_at END
              FROM location l WHERE l.location_id = location_task.location_id) AS connected_at
            """,
            new { locationId, task, lease = NewId.NextGuid().ToString(), length = LeaseMs }),
        cancellation);

    /// <summary>Keeps the work and notes how far it is; false: another instance has taken it over.</summary>
    public Task<bool> RenewAsync(LocationTask task, long readUpTo, CancellationToken cancellation) => database.TryWriteAsync(
        async unit => await unit.ExecuteAsync(
            "UPDATE location_task SET lease_until = now_ms() + @length, read_up_to = @readUpTo WHERE location_id = @LocationId AND task = @Task AND lease = @Lease",
            new { length = LeaseMs, readUpTo, task.LocationId, task.Task, task.Lease }) == 1,
        cancellation);

    /// <summary>Ends a run in the caller's transaction. A run that did not read everything leaves <c>done_at</c> as it was.</summary>
    /// <returns>False: another instance has taken it over; roll back.</returns>
    public static async Task<bool> FinishAsync(UnitOfWork unit, LocationTask task, TimeSpan dueIn, long readUpTo, bool isDone) => await unit.ExecuteAsync(
        """
        UPDATE location_task SET due_at = now_ms() + @due, lease = NULL, lease_until = 0, read_up_to = @readUpTo,
          done_at = CASE WHEN @done = 1 THEN now_ms() ELSE done_at END
        WHERE location_id = @LocationId AND task = @Task AND lease = @Lease
        """,
        new { due = (long)dueIn.TotalMilliseconds, readUpTo, done = isDone ? 1L : 0L, task.LocationId, task.Task, task.Lease }) == 1;

    /// <summary>Makes the work due now.</summary>
    public Task<int> HurryAsync(string locationId, string task, CancellationToken cancellation) => database.WriteAsync(
        async unit =>
        {
            await AddAsync(unit, locationId, task, DateTimeOffset.UnixEpoch);
            return await unit.ExecuteAsync(
                "UPDATE location_task SET due_at = now_ms() WHERE location_id = @locationId AND task = @task AND due_at > now_ms()", new { locationId, task });
        },
        cancellation);

    private static Task<int> AddAsync(UnitOfWork unit, string locationId, string task, DateTimeOffset due) => unit.ExecuteAsync(
        "INSERT INTO location_task (location_id, task, due_at) VALUES (@locationId, @task, @due) ON CONFLICT DO NOTHING",
        new { locationId, task, due = due.ToUnixTimeMilliseconds() });
}
