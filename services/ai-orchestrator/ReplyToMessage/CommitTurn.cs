using EnterpriseHub.AiOrchestrator.Claude;
using EnterpriseHub.AiOrchestrator.Storage;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.Platform.Storage;
using MassTransit;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>How a commit ended.</summary>
internal enum Committed
{
    /// <summary>Nothing was written: a newer message came, an older reply was overtaken, or the lease is lost.</summary>
    OutOfDate,

    /// <summary>The turn stands and nothing waits.</summary>
    Done,

    /// <summary>The turn stands and newer messages wait for the next one.</summary>
    MoreWaiting,
}

/// <summary>Writes a turn with everything that follows from it, guarded by the epoch: all of it or nothing.</summary>
internal sealed class CommitTurn(OrchestratorDatabase database)
{
    public async Task<Committed> RunAsync(
        Lease lease, Loaded loaded, Outcome outcome, IReadOnlyList<ModelCall> calls, CancellationToken cancellation)
    {
        Failpoint.Hit("O4");
        var waiting = false;
        var done = await database.TryWriteAsync(
            async unit =>
            {
                var ended = await EndAsync(unit, lease, loaded);
                if (ended is null)
                {
                    return false;
                }
                waiting = ended.Arrived > loaded.Seen;
                var record = TurnRecord.Of(NewId.NextGuid().ToString(), lease, loaded, outcome, calls, ended.Now);
                TurnRows.Insert(unit, record);
                LeadRows.Update(unit, record);
                SpendRows.Insert(unit, lease.Key, record.TurnId, calls);
                Publish(unit, record);
                return true;
            },
            cancellation);
        Failpoint.Hit("O5");
        if (done)
        {
            TurnMetrics.Decided(outcome.Verdict.Decision);
            TurnMetrics.Passed(outcome);
        }
        return !done ? Committed.OutOfDate : waiting ? Committed.MoreWaiting : Committed.Done;
    }

    /// <summary>Ends the lease if it still is ours and the state still is the one that was thought about.</summary>
    private static Task<Ended?> EndAsync(UnitOfWork unit, Lease lease, Loaded loaded) => unit.FirstOrDefaultAsync<Ended>(
        """
        UPDATE conversation SET answered = @Seen, answered_seq = @SeenSeq, lease_until = 0, lease_owner = NULL, attempts = 0,
          first_unanswered_at = now_ms(), updated_at = now_ms(),
          due_at = CASE WHEN arrived > @Seen THEN now_ms() ELSE due_at END
        WHERE location_id = @LocationId AND conversation_id = @ConversationId AND epoch = @Epoch
          AND (arrived = @Seen OR @pastCap = 1)
          AND @Superseded = (SELECT COUNT(*) FROM turn t WHERE t.location_id = @LocationId AND t.conversation_id = @ConversationId
            AND t.delivery = 'superseded')
        RETURNING arrived, now_ms() AS now
        """,
        new
        {
            loaded.Seen, loaded.SeenSeq, loaded.Superseded, lease.Key.LocationId, lease.Key.ConversationId, lease.Epoch,
            pastCap = loaded.PastCap ? 1L : 0L,
        });

    private static void Publish(UnitOfWork unit, TurnRecord record)
    {
        if (record.Reply() is { } reply)
        {
            unit.Publish(reply, TurnStages.Commanded);
        }
        var commands = CrmCommands.After(record.TurnId, record.Outcome.Facts, record.Outcome.Verdict);
        foreach (var command in commands)
        {
            unit.Publish(command);
        }
        foreach (var enrolment in commands.OfType<EnrollInWorkflow>())
        {
            LeadRows.Enrolled(unit, record, enrolment.WorkflowId);
        }
        unit.Publish(record.Decided());
    }

    private sealed record Ended
    {
        public long Arrived { get; init; }

        public long Now { get; init; }
    }
}
