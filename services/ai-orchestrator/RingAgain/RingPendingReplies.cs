using System.Data.Common;
using System.Text.Json;
using EnterpriseHub.AiOrchestrator.ReplyToMessage;
using EnterpriseHub.AiOrchestrator.Storage;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.AiOrchestrator.RingAgain;

/// <summary>Commands a reply again whose end was not reported: its command or its report may be lost. The gateway's ledger takes a turn once.</summary>
internal sealed class RingPendingReplies(
    OrchestratorDatabase database, IOptions<OrchestratorOptions> options, TimeProvider time, ILogger<RingPendingReplies> logger) : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var every = options.Value.RingPendingAfter / 4;
        using var timer = new PeriodicTimer(every < TimeSpan.FromMilliseconds(250) ? TimeSpan.FromMilliseconds(250) : every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (DbException failure)
            {
                logger.LogWarning("Sweep for pending replies failed ({Error})", failure.GetType().Name);
            }
        }
    }

    /// <summary>One sweep; several instances share the work.</summary>
    internal Task<int> SweepAsync(CancellationToken cancellation) => database.WriteAsync(RingAsync, cancellation);

    /// <summary>Each ring doubles the wait for the next: a reply that waits for the end of quiet hours is not hammered.</summary>
    private async Task<int> RingAsync(UnitOfWork unit)
    {
        var pending = await unit.QueryAsync<Pending>(
            """
            UPDATE turn SET rings = rings + 1,
              ring_at = now_ms() + CASE WHEN rings > 8 OR @after * (2 + rings * rings) > @longest THEN @longest ELSE @after * (2 + rings * rings) END
            WHERE turn_id IN (SELECT turn_id FROM turn WHERE delivery = 'pending' AND ring_at < now_ms() - @after ORDER BY ring_at LIMIT 100 {skip_locked})
            RETURNING turn_id, location_id, conversation_id, contact_id, channel, reply, follows, answers_up_to_seq, epoch, received_at, decided_at
            """,
            new { after = (long)options.Value.RingPendingAfter.TotalMilliseconds, longest = (long)Longest.TotalMilliseconds });
        foreach (var turn in pending)
        {
            unit.Publish(turn.ToCommand());
        }
        return pending.Count;
    }

    private sealed record Pending
    {
        public string TurnId { get; init; } = "";

        public string LocationId { get; init; } = "";

        public string ConversationId { get; init; } = "";

        public string ContactId { get; init; } = "";

        public string Channel { get; init; } = "";

        public string Reply { get; init; } = "";

        public string Follows { get; init; } = "[]";

        public long AnswersUpToSeq { get; init; }

        public long Epoch { get; init; }

        public long ReceivedAt { get; init; }

        public long DecidedAt { get; init; }

        public SendReply ToCommand() => new()
        {
            TurnId = TurnId, LocationId = LocationId, ConversationId = ConversationId, ContactId = ContactId, Channel = Channel, Text = Reply,
            AnswersUpToSeq = AnswersUpToSeq, Epoch = Epoch, Follows = JsonSerializer.Deserialize<string[]>(Follows, OrchestratorJson.Options)!,
            ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(ReceivedAt), DecidedAt = DateTimeOffset.FromUnixTimeMilliseconds(DecidedAt),
        };
    }
}
