namespace EnterpriseHub.Simulator.Leads;

/// <summary>What the lead generator shall do; body of <c>POST /sim/leads/start</c>.</summary>
internal sealed record LeadPlan
{
    /// <summary>Locations whose leads text in. Default: those of <c>Simulator:Leads:LocationIds</c>.</summary>
    public IReadOnlyList<string>? LocationIds { get; init; }

    /// <summary>Messages a second over all conversations; 0.001 to 2000. Default 0.3.</summary>
    public double RatePerSecond { get; init; } = 0.3;

    /// <summary>Stops after so many messages; null goes on until it is stopped.</summary>
    public int? Total { get; init; }

    /// <summary>Conversations at a time; 1 to 20000. Default 12.</summary>
    public int Conversations { get; init; } = 12;

    /// <summary>Share of webhooks that are delivered twice, 0 to 1. Default 0.</summary>
    public double RedeliverShare { get; init; }

    /// <summary>Share of webhooks that are held back 0.3 to 0.8 s, so that later ones pass them. Default 0.</summary>
    public double ReorderShare { get; init; }

    /// <summary>Share of Spanish-speaking leads, 0 to 1. Default 0.2.</summary>
    public double SpanishShare { get; init; } = 0.2;

    /// <summary>A lead waits for the bot's reply before it texts again. Default true.</summary>
    public bool WaitForReply { get; init; } = true;

    /// <summary>Least ms a lead takes to type. Default 4000.</summary>
    public int ThinkMinMs { get; init; } = 4_000;

    /// <summary>Most ms a lead takes to type. Default 20000.</summary>
    public int ThinkMaxMs { get; init; } = 20_000;

    /// <summary>Ms without a reply after which a lead texts again. Default 45000.</summary>
    public int SilenceMs { get; init; } = 45_000;

    /// <summary>Ms between the end of a conversation and the next lead in its place. Default 60000.</summary>
    public int PauseMs { get; init; } = 60_000;

    /// <summary>Tags of a new lead. Default <c>needs qualifying</c>.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Appends <c>ref N</c> with the message's number to every message, so that replies can be tied to them. Default false.</summary>
    public bool Refs { get; init; }

    /// <summary>Makes the leads repeatable.</summary>
    public int? Seed { get; init; }

    internal string? Problem() =>
        RatePerSecond is < 0.001 or > 2_000 ? "ratePerSecond must be 0.001 to 2000."
        : Conversations is < 1 or > 20_000 ? "conversations must be 1 to 20000."
        : Total is < 1 ? "total must be at least 1."
        : new[] { RedeliverShare, ReorderShare, SpanishShare }.Any(share => share is < 0 or > 1) ? "shares must be 0 to 1."
        : ThinkMinMs < 0 || ThinkMaxMs < ThinkMinMs || SilenceMs < 0 || PauseMs < 0 ? "0 <= thinkMinMs <= thinkMaxMs, silenceMs >= 0 and pauseMs >= 0 must hold."
        : LocationIds is { Count: 0 } ? "locationIds must not be empty."
        : null;
}
