using EnterpriseHub.LoadTests.Measuring;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.LoadTests.Running;

/// <summary>What one window of load did, as far as the driver saw it. The replies come from the ledger and may still grow.</summary>
internal sealed record Window
{
    /// <summary>Id that the contacts' names begin with.</summary>
    public required string Id { get; init; }

    /// <summary>Unix ms.</summary>
    public required double StartedAt { get; init; }

    /// <summary>Until the last reply, seconds.</summary>
    public required double Seconds { get; init; }

    public required IReadOnlyList<Handover> Handovers { get; init; }

    public required WindowReplies Replies { get; init; }

    /// <summary>How late the driver itself was.</summary>
    public required Latencies Lag { get; init; }

    /// <summary>Webhooks that were taken, of every kind; the floor has none.</summary>
    public int Webhooks { get; init; }

    public Latencies Acknowledged { get; init; } = new();

    public Latencies TakenLater { get; init; } = new();

    /// <summary>Answers other than 200, by status.</summary>
    public IReadOnlyDictionary<string, int> Refusals { get; init; } = new Dictionary<string, int>();

    /// <summary>CPU seconds by program.</summary>
    public required IReadOnlyDictionary<string, double> Cpu { get; init; }

    /// <summary>MB by program at the end.</summary>
    public required IReadOnlyDictionary<string, double> Memory { get; init; }
}
