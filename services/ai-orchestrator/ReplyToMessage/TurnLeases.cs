using EnterpriseHub.AiOrchestrator.Storage;
using MassTransit;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>The right to think about a conversation. What is written under an older epoch changes nothing.</summary>
internal sealed record Lease(ConversationKey Key, long Epoch);

/// <summary>Takes, renews and gives back leases. One statement each; the clock is the store's.</summary>
internal sealed class TurnLeases(OrchestratorDatabase database, IOptions<OrchestratorOptions> options)
{
    private long LeaseMs => (long)options.Value.Lease.TotalMilliseconds;

    /// <summary>The lease, or null when somebody holds it or nothing waits.</summary>
    public Task<Lease?> TakeAsync(ConversationKey key, CancellationToken cancellation) => database.WriteAsync(
        async unit =>
        {
            var epoch = await unit.FirstOrDefaultAsync<long?>(
                """
                UPDATE conversation SET lease_owner = @owner, lease_until = now_ms() + @LeaseMs, epoch = epoch + 1
                WHERE location_id = @LocationId AND conversation_id = @ConversationId AND lease_until < now_ms() AND arrived > answered
                RETURNING epoch
                """,
                new { owner = NewOwner(), LeaseMs, key.LocationId, key.ConversationId });
            return epoch is { } mine ? new Lease(key, mine) : null;
        },
        cancellation);

    /// <summary>Keeps the lease.</summary>
    /// <returns>Count of the lead's messages by now; null when the lease is lost.</returns>
    public Task<long?> RenewAsync(Lease lease, CancellationToken cancellation) => database.WriteAsync(
        unit => unit.FirstOrDefaultAsync<long?>(
            """
            UPDATE conversation SET lease_until = now_ms() + @LeaseMs
            WHERE location_id = @LocationId AND conversation_id = @ConversationId AND epoch = @Epoch
            RETURNING arrived
            """,
            new { LeaseMs, lease.Key.LocationId, lease.Key.ConversationId, lease.Epoch }),
        cancellation);

    /// <summary>Gives the lease back when nothing waits.</summary>
    /// <returns>False when a message came in between, so that no bell is lost.</returns>
    public Task<bool> ReleaseAsync(Lease lease, long seen, CancellationToken cancellation) => database.TryWriteAsync(
        async unit => await unit.ExecuteAsync(
            """
            UPDATE conversation SET lease_until = 0, lease_owner = NULL
            WHERE location_id = @LocationId AND conversation_id = @ConversationId AND epoch = @Epoch AND arrived = @seen
            """,
            new { seen, lease.Key.LocationId, lease.Key.ConversationId, lease.Epoch }) == 1,
        cancellation);

    /// <summary>Gives the lease back after a failed try; the sweep takes the turn up again after <paramref name="wait"/>.</summary>
    public Task<int> PostponeAsync(Lease lease, TimeSpan wait, bool countsAsTry, CancellationToken cancellation) => database.WriteAsync(
        unit => unit.ExecuteAsync(
            """
            UPDATE conversation SET lease_until = 0, lease_owner = NULL, attempts = attempts + @more, due_at = now_ms() + @wait
            WHERE location_id = @LocationId AND conversation_id = @ConversationId AND epoch = @Epoch
            """,
            new { more = countsAsTry ? 1L : 0L, wait = (long)wait.TotalMilliseconds, lease.Key.LocationId, lease.Key.ConversationId, lease.Epoch }),
        cancellation);

    public static string NewOwner() => NewId.NextGuid().ToString();
}
