using EnterpriseHub.LoadTests.Traffic;

namespace EnterpriseHub.LoadTests.Scenarios;

/// <summary>How long the simulated upstreams take, ms, uniform.</summary>
internal sealed record UpstreamLatency
{
    public (double Min, double Max) Analysis { get; init; } = (100, 150);

    public (double Min, double Max) Draft { get; init; } = (80, 120);

    public (double Min, double Max) Ghl { get; init; } = (40, 80);
}

/// <summary>A part of the product that is taken away for a while.</summary>
/// <param name="Part">Name of a program or server.</param>
/// <param name="Verb"><c>stop</c> or <c>kill</c>.</param>
/// <param name="At">Seconds from the start of the window.</param>
/// <param name="For">Seconds until it is started again.</param>
internal sealed record Outage(string Part, string Verb, double At, double For);

/// <summary>A part of a scenario, measured by itself: floor, product, floor, … over the same simulator.</summary>
internal sealed record Step
{
    public required string Name { get; init; }

    /// <summary>Messages a second over time, for the product.</summary>
    public required RateProfile Messages { get; init; }

    /// <summary>Course of each floor window; null takes the step's highest rate for a fifth of its time, at least 3 s.</summary>
    public RateProfile? FloorCourse { get; init; }

    /// <summary>Windows of the product, with a floor window before each and one at the end.</summary>
    public int Rounds { get; init; } = 1;

    public TrafficMix Mix { get; init; } = new();

    public bool Poisson { get; init; }

    /// <summary>Null: one for each message a second, at least 20, so that GHL's limit of 100 calls in 10 s binds nowhere.</summary>
    public int? Locations { get; init; }

    /// <summary>Seconds between two messages of a conversation.</summary>
    public double Spacing { get; init; } = 10;

    /// <summary>Messages of a conversation; then another one takes its place.</summary>
    public int PerConversation { get; init; } = 8;

    public TimeSpan SettleWindow { get; init; }

    public UpstreamLatency Upstream { get; init; } = new();

    public IReadOnlyList<Outage> Outages { get; init; } = [];

    /// <summary>Longest wait for a webhook to be taken, and then for the last reply.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    public RateProfile Floor => FloorCourse ?? RateProfile.Constant(Messages.HighestRate, Math.Max(3, Messages.Seconds / 5));

    public int LocationCount => Locations ?? Math.Max(20, (int)Math.Ceiling(Messages.HighestRate));

    /// <summary>The same step in another time, for trying the kit out.</summary>
    public Step Lasting(double factor) => this with
    {
        Messages = Messages.Lasting(factor),
        FloorCourse = FloorCourse?.Lasting(factor),
        Outages = [.. Outages.Select(outage => outage with { At = outage.At * factor, For = Math.Max(1, outage.For * factor) })],
    };
}

/// <summary>One question to the product, with a fresh topology of its own.</summary>
internal sealed record Scenario
{
    public required string Name { get; init; }

    /// <summary>What is asked, for the report.</summary>
    public required string Question { get; init; }

    public IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>Needs a broker or separate processes.</summary>
    public bool FiveOnly { get; init; }

    /// <summary>Settings of the product that differ from the defaults, environment form.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Ends after the first step that shows saturation: 95th percentile over a second.</summary>
    public bool UntilSaturated { get; init; }

    /// <summary>Seconds between two looks at memory, handles, threads, queues and tables; 0 for none.</summary>
    public double SampleEvery { get; init; }

    /// <summary>Wait after the last reply, for a double that comes late.</summary>
    public TimeSpan Afterwards { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Times that the product is started and timed to its first reply; such a scenario has no steps.</summary>
    public int Starts { get; init; }
}
