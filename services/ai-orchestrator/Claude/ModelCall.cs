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

    /// <summary>Takes what was collected so far.</summary>
    public IReadOnlyList<ModelCall> Take()
    {
        var calls = new List<ModelCall>();
        while (_calls.TryDequeue(out var call))
        {
            calls.Add(call);
        }
        return calls;
    }
}
