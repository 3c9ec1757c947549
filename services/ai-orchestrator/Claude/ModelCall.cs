using System.Collections.Concurrent;

namespace EnterpriseHub.AiOrchestrator.Claude;

/// <summary>One call that was made, for the costs.</summary>
internal sealed record ModelCall
{
    public required string CallId { get; init; }

    public required string Purpose { get; init; }

    public required string Model { get; init; }

    public required TokenUse Tokens { get; init; }

    public required long CostMicroUsd { get; init; }

    public required long Ms { get; init; }

    /// <summary>ok, cancelled, or the failure in snake_case.</summary>
    public required string Outcome { get; init; }
}

/// <summary>Collects the calls of a turn, those of a cancelled try too.</summary>
internal sealed class CallLog
{
    private readonly ConcurrentQueue<ModelCall> _calls = new();

    public void Add(ModelCall call) => _calls.Enqueue(call);

    /// <summary>What was collected so far.</summary>
    public IReadOnlyList<ModelCall> All => [.. _calls];
}
