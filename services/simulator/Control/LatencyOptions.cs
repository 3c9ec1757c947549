namespace EnterpriseHub.Simulator.Control;

/// <summary>How long answers take; section <c>Simulator:Latency</c>, changed at run time by <c>PUT /sim/control/latency</c>.</summary>
internal sealed class LatencyOptions
{
    public const string Section = "Simulator:Latency";

    /// <summary>Claude calls whose schema has a property <c>intent</c>.</summary>
    /// <value>Default 100 to 150 ms.</value>
    public LatencyRange Analysis { get; set; } = new() { MinMs = 100, MaxMs = 150 };

    /// <summary>Claude calls whose schema has a property <c>reply</c>.</summary>
    /// <value>Default 80 to 120 ms.</value>
    public LatencyRange Draft { get; set; } = new() { MinMs = 80, MaxMs = 120 };

    /// <summary>All other Claude calls; for a stream, the time to its first words.</summary>
    /// <value>Default 120 to 170 ms.</value>
    public LatencyRange Other { get; set; } = new() { MinMs = 120, MaxMs = 170 };

    /// <summary>GHL calls.</summary>
    /// <value>Default 40 to 80 ms.</value>
    public LatencyRange Ghl { get; set; } = new() { MinMs = 40, MaxMs = 80 };

    public bool IsValid() => Analysis.IsValid && Draft.IsValid && Other.IsValid && Ghl.IsValid;
}

/// <summary>A uniform range.</summary>
internal sealed record LatencyRange
{
    /// <summary>Least milliseconds.</summary>
    public double MinMs { get; init; }

    /// <summary>Most milliseconds.</summary>
    public double MaxMs { get; init; }

    internal bool IsValid => MinMs >= 0 && MaxMs >= MinMs && MaxMs <= 600_000;
}
