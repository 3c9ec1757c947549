using EnterpriseHub.LoadTests.Measuring;
using EnterpriseHub.LoadTests.Running;

namespace EnterpriseHub.LoadTests.Reports;

/// <summary>The raw data of one scenario in one topology: what a report is made of.</summary>
internal sealed record ScenarioResult
{
    public required string Scenario { get; init; }

    /// <summary>standalone or five.</summary>
    public required string Topology { get; init; }

    public required string Question { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required Machine Machine { get; init; }

    /// <summary>Settings of the product that differed from the defaults.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    public IReadOnlyList<StepResult> Steps { get; init; } = [];

    /// <summary>Bare operations of the servers at the first step's rate of webhooks.</summary>
    public IReadOnlyDictionary<string, Distribution> StageFloors { get; init; } = new Dictionary<string, Distribution>();

    /// <summary>Null where the product does not tell.</summary>
    public IReadOnlyList<StageTime>? Stages { get; init; }

    public IReadOnlyList<Sample> Samples { get; init; } = [];

    public StartResult? Start { get; init; }

    /// <summary>Every promise was kept.</summary>
    public bool Clean => Steps.All(step => step.Verdict.Clean) && (Start?.Lost ?? 0) == 0;
}

/// <summary>One step: all windows of the product together, and all of the floor.</summary>
internal sealed record StepResult
{
    public required string Name { get; init; }

    /// <summary>Highest rate of messages a second.</summary>
    public required double Rate { get; init; }

    public required bool Poisson { get; init; }

    public required SideResult Product { get; init; }

    public required SideResult Floor { get; init; }

    public required Promises Verdict { get; init; }

    /// <summary>Of the last window.</summary>
    public required IReadOnlyList<Moment> Timeline { get; init; }

    /// <summary>Seconds from the end of a burst or an outage until latency was as before; null: it never was, or there was none.</summary>
    public int? SecondsToRecover { get; init; }

    /// <summary>What was done to the product: second, verb, part.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];
}

/// <summary>What was measured on one side.</summary>
internal sealed record SideResult
{
    public required int Messages { get; init; }

    public required int Webhooks { get; init; }

    /// <summary>Replies that GHL received.</summary>
    public required int Replies { get; init; }

    /// <summary>Seconds in which something was due.</summary>
    public required double DueSeconds { get; init; }

    /// <summary>From the start of each window to its last reply, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Webhook due to 200, taken at the first try.</summary>
    public required Distribution Acknowledged { get; init; }

    /// <summary>Webhook due to 200, refused at least once.</summary>
    public required Distribution TakenLater { get; init; }

    /// <summary>Webhook due to the arrival of the reply's POST at GHL, every message.</summary>
    public required Distribution Arrived { get; init; }

    /// <summary>The same, from the newest message that a reply answers.</summary>
    public required Distribution ArrivedFromNewest { get; init; }

    /// <summary>Webhook due to GHL's answer to that POST.</summary>
    public required Distribution Answered { get; init; }

    /// <summary>How late the driver itself was.</summary>
    public required Distribution DriverLag { get; init; }

    /// <summary>Answers other than 200, by status.</summary>
    public required IReadOnlyDictionary<string, int> Refusals { get; init; }

    /// <summary>CPU milliseconds for one message, by program; <c>others</c>: what the machine did besides.</summary>
    public required IReadOnlyDictionary<string, double> CpuMsPerTurn { get; init; }

    /// <summary>MB by program at the end.</summary>
    public required IReadOnlyDictionary<string, double> MemoryMb { get; init; }
}

/// <summary>Counts of what must never happen.</summary>
internal sealed record Promises(int Lost, int Doubled, int OutOfOrder, int Strangers, IReadOnlyList<string> Examples)
{
    public bool Clean => Lost + Doubled + OutOfOrder + Strangers == 0;
}

/// <summary>When a stage was reached over the sampled turns, milliseconds.</summary>
/// <param name="Stage">Name; a step of the thought with its own.</param>
/// <param name="Turns">Turns that reached it.</param>
/// <param name="P50">Median since the webhook was received.</param>
/// <param name="P95">95th percentile since then.</param>
/// <param name="TookP50">Median since the stage before; of a step, since its start.</param>
internal sealed record StageTime(string Stage, int Turns, double P50, double P95, double TookP50);

/// <summary>Five starts of the product.</summary>
/// <param name="SecondsToReply">From the start of the programs to the arrival of the first reply, each start.</param>
/// <param name="IdleMb">MB by program, ten seconds after the last start's reply.</param>
/// <param name="Lost">Starts without a reply.</param>
internal sealed record StartResult(IReadOnlyList<double> SecondsToReply, IReadOnlyDictionary<string, double> IdleMb, int Lost)
{
    public double Median => SecondsToReply.Order().ElementAtOrDefault(SecondsToReply.Count / 2);
}
