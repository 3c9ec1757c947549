using System.Data.Common;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;
using EnterpriseHub.WebhookGateway.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.RelayOutbox;

/// <summary>
/// Announces accepted messages again that no turn has answered: a lost announcement costs a minute, not an answer. Each wait is one
/// period longer than the last; after <see cref="MostRings"/> rings a person must look.
/// </summary>
internal sealed class RingAgain(
    GatewayDatabase database, Locations locations, IOptions<IntakeOptions> options, TimeProvider time, ILogger<RingAgain> logger) : BackgroundService
{
    public const int MostRings = 20;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (DbException failure)
            {
                logger.LogWarning("Ring-again sweep failed ({Error})", failure.GetType().Name);
            }
        }
    }

    /// <summary>One sweep; several instances share the work.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var after = (long)options.Value.RingAgainAfter.TotalMilliseconds;
        await ParkAsync(after, cancellation);
        var due = await database.ReadAsync(
            session => session.QueryAsync<string>(
                $"""
                SELECT DISTINCT location_id FROM inbound_event
                WHERE settled_at = 0 AND status = 'accepted' AND rings < {MostRings} AND {IsDue}
                """,
                new { after }),
            cancellation);
        foreach (var locationId in due)
        {
            // Read outside of the transaction, which must not wait for another connection.
            var location = await locations.FindAsync(locationId, cancellation);
            await database.WriteAsync(unit => RingAsync(unit, locationId, location, after), cancellation);
        }
    }

    private async Task<int> RingAsync(UnitOfWork unit, string locationId, LocationSettings? location, long after)
    {
        var rows = await unit.QueryAsync<OpenEvent>(
            $$"""
            UPDATE inbound_event SET rings = rings + 1
            WHERE seq IN (SELECT seq FROM inbound_event WHERE settled_at = 0 AND status = 'accepted' AND location_id = @locationId
              AND rings < {{MostRings}} AND {{IsDue}} ORDER BY seq LIMIT 200 {skip_locked})
            RETURNING {{OpenEvent.Columns}}
            """,
            new { locationId, after });
        foreach (var row in rows.OrderBy(row => row.Seq))
        {
            if (location is { Active: true } && row.Announcement(location) is { } again)
            {
                unit.Publish(again);
            }
            else
            {
                // Its location is gone: nobody will answer, unless it comes back and somebody replays the event.
                await unit.ExecuteAsync(
                    "UPDATE inbound_event SET settled_at = now_ms(), status = @Status WHERE seq = @Seq", new { row.Seq, Status = EventStatus.InactiveLocation });
            }
        }
        IntakeMetrics.Rings.Add(rows.Count);
        return rows.Count;
    }

    private async Task ParkAsync(long after, CancellationToken cancellation)
    {
        var parked = await database.WriteAsync(
            unit => unit.QueryAsync<string>(
                $"""
                UPDATE inbound_event SET status = 'parked'
                WHERE settled_at = 0 AND status = 'accepted' AND rings >= {MostRings} AND {IsDue}
                RETURNING event_id
                """,
                new { after }),
            cancellation);
        foreach (var eventId in parked)
        {
            logger.LogWarning("Event {EventId} was announced {Rings} times and never answered; parked", eventId, MostRings);
        }
        IntakeMetrics.Parked.Add(parked.Count);
    }

    // 1, 3, 6, 10, … periods after acceptance or replay.
    private const string IsDue = "(CASE WHEN rung_since > 0 THEN rung_since ELSE accepted_at END) + @after * (rings + 1) * (rings + 2) / 2 < now_ms()";
}
