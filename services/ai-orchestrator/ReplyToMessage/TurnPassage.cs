using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Observability;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>When the holder of the lease came to each stage; Unix milliseconds of one clock.</summary>
/// <param name="Clock">Counts on.</param>
/// <param name="LeasedAt">The lease was taken.</param>
/// <param name="ThoughtFrom">The steps of the thought that counts began.</param>
internal sealed record TurnPassage(StageClock Clock, double LeasedAt, double ThoughtFrom)
{
    public double DecidedAt { get; init; }

    /// <summary>Null where the turn had not to wait for its burst to settle.</summary>
    public double? WaitedAt { get; init; }

    /// <summary>Stages up to the commit, in order, counted from the receipt of the first message that the turn answers.</summary>
    public List<StageTime> Stages(Said first, double committedAt)
    {
        (string Stage, double At)[] known =
        [
            (TurnStages.Stored, first.StoredAt), (TurnStages.Published, first.PublishedAt), (TurnStages.PickedUp, first.PickedUpAt),
            (TurnStages.Leased, LeasedAt), (TurnStages.Decided, DecidedAt), (TurnStages.Waited, WaitedAt ?? 0), (TurnStages.Committed, committedAt),
        ];
        return [.. known.Where(stage => stage.At > 0).Select(stage => new StageTime(stage.Stage, Math.Round(stage.At - first.ReceivedAt, 2)))];
    }
}
