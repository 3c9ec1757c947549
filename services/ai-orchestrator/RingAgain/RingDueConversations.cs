using System.Data.Common;
using System.Threading.Channels;
using EnterpriseHub.AiOrchestrator.ReplyToMessage;
using EnterpriseHub.AiOrchestrator.Storage;

namespace EnterpriseHub.AiOrchestrator.RingAgain;

/// <summary>
/// Takes up what nobody thinks about: turns that failed and are due again, and those of a process that died.
/// Every instance sweeps; the lease lets one of them win.
/// </summary>
internal sealed class RingDueConversations(
    OrchestratorDatabase database, ConversationTurns turns, TimeProvider time, ILogger<RingDueConversations> logger) : BackgroundService
{
    private const int AtOnce = 32;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Channel<ConversationKey> _due = Channel.CreateBounded<ConversationKey>(AtOnce);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => TakeUpAsync(stoppingToken)).Append(SweepAsync(stoppingToken)));

    private async Task SweepAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                foreach (var key in await DueAsync(stop))
                {
                    await _due.Writer.WriteAsync(key, stop);
                }
            }
            catch (DbException failure)
            {
                logger.LogWarning("Sweep for due conversations failed ({Error})", failure.GetType().Name);
            }
        }
    }

    private async Task TakeUpAsync(CancellationToken stop)
    {
        await foreach (var key in _due.Reader.ReadAllAsync(stop))
        {
            try
            {
                await turns.RunAsync(key, stop);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                // Its due time was put off; the sweep comes back to it.
                logger.LogError(failure, "Turn of conversation {ConversationId} failed", key.ConversationId);
            }
        }
    }

    /// <summary>Conversations that wait and that nobody thinks about.</summary>
    internal Task<List<ConversationKey>> DueAsync(CancellationToken stop) => database.ReadAsync(
        async session =>
        {
            // A second of grace: whoever stored the message is about to take it.
            var rows = await session.QueryAsync<Due>(
                """
                SELECT location_id, conversation_id FROM conversation
                WHERE arrived > answered AND due_at < now_ms() - 1000 AND lease_until < now_ms()
                ORDER BY due_at LIMIT 200
                """);
            return rows.Select(row => new ConversationKey(row.LocationId, row.ConversationId)).ToList();
        },
        stop);

    private sealed record Due
    {
        public string LocationId { get; init; } = "";

        public string ConversationId { get; init; } = "";
    }
}
