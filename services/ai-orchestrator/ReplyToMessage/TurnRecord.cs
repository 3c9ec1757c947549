using EnterpriseHub.AiOrchestrator.Claude;
using EnterpriseHub.AiOrchestrator.Qualification;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Flow;
using EnterpriseHub.Platform.Observability;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>One decided turn: what is stored and told of it.</summary>
internal sealed record TurnRecord
{
    public required string TurnId { get; init; }

    public required Lease Lease { get; init; }

    public required Loaded Loaded { get; init; }

    public required Outcome Outcome { get; init; }

    public required long CostMicroUsd { get; init; }

    public required long ReceivedAt { get; init; }

    public required long DecidedAt { get; init; }

    /// <summary>Stages up to the writing of the row; empty where nobody took the time.</summary>
    public required IReadOnlyList<StageTime> Stages { get; init; }

    public Turn Turn => Outcome.Facts.Turn;

    public Decision Decision => Outcome.Verdict.Decision;

    public static TurnRecord Of(string turnId, Lease lease, Loaded loaded, Outcome outcome, IReadOnlyList<ModelCall> calls, long now) => new()
    {
        Stages = outcome.Passage is { } passage ? passage.Stages(outcome.Facts.Turn.First, passage.Clock.Now) : [],
        TurnId = turnId,
        Lease = lease,
        Loaded = loaded,
        Outcome = outcome,
        CostMicroUsd = calls.Sum(call => call.CostMicroUsd),
        ReceivedAt = outcome.Facts.Turn.First.ReceivedAt,
        DecidedAt = now,
    };

    /// <summary>Steps that gave their fallback, and the model when it was not asked.</summary>
    public IReadOnlyList<string> Degraded() =>
    [
        .. Outcome.Steps.Where(step => step.Outcome is StepOutcome.Late or StepOutcome.Failed).Select(step => step.Step),
        .. Outcome.Facts.WithoutModel is null ? Array.Empty<string>() : ["model"],
    ];

    private StepMeasured Measured(StepTiming step) => new(
        step.Step, Math.Round(step.Duration, 2), step.Outcome.ToString().ToLowerInvariant(),
        Outcome.Passage is { } passage ? Math.Round(passage.ThoughtFrom - ReceivedAt + step.StartedAt, 2) : null);

    private IReadOnlyList<string> Answers => [.. Turn.Unanswered.Select(said => said.EventId)];

    public SendReply? Reply() => Decision.Reply is not { } text ? null : new SendReply
    {
        TurnId = TurnId,
        LocationId = Turn.Key.LocationId,
        ConversationId = Turn.Key.ConversationId,
        ContactId = Turn.ContactId,
        Channel = Turn.Channel,
        Text = text,
        AnswersUpToSeq = Loaded.SeenSeq,
        Answers = Answers,
        Epoch = Lease.Epoch,
        Follows = Loaded.Pending,
        ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(ReceivedAt),
        DecidedAt = DateTimeOffset.FromUnixTimeMilliseconds(DecidedAt),
    };

    public TurnDecided Decided() => new()
    {
        TurnId = TurnId,
        LocationId = Turn.Key.LocationId,
        ConversationId = Turn.Key.ConversationId,
        ContactId = Turn.ContactId,
        AnswersUpToSeq = Loaded.SeenSeq,
        Answers = Answers,
        Decision = Decision.Word,
        Reason = Decision.Reason,
        Mode = Outcome.Verdict.Mode.Code(),
        Temperature = Outcome.Verdict.Temperature.Code(),
        Qualification = Outcome.Verdict.Qualification.Known,
        Analysis = Outcome.Facts.Analysis?.Summary() ?? new Dictionary<string, string>(),
        Degraded = Degraded(),
        Steps = [.. Outcome.Steps.Select(Measured)],
        CostMicroUsd = CostMicroUsd,
        Messages = Turn.Unanswered.Count,
        ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(ReceivedAt),
        DecidedAt = DateTimeOffset.FromUnixTimeMilliseconds(DecidedAt),
    };
}
