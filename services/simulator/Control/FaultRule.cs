namespace EnterpriseHub.Simulator.Control;

/// <summary>One way to misbehave, for the requests that it fits.</summary>
internal sealed record FaultRule
{
    /// <summary>Changes an answer instead of replacing it: old messages only, or the shape of the specification.</summary>
    private static readonly string[] Shaping = ["listlag", "flat"];

    public static readonly string[] GhlModes =
        ["429", "500", "500-saved", "timeout", "timeout-saved", "reset", "reset-saved", "garbage", "401", "400", .. Shaping];

    public static readonly string[] ClaudeModes =
    [
        "429", "spend-cap", "529", "500", "hang", "stall", "cut", "reset", "error-in-stream", "empty", "refusal", "garbage",
        "invalid-json", "enum-case", "huge",
    ];

    /// <summary><c>ghl</c> or <c>claude</c>.</summary>
    public required string Upstream { get; init; }

    /// <summary>What happens; one of the upstream's modes.</summary>
    public required string Mode { get; init; }

    /// <summary>HTTP method; null fits all.</summary>
    public string? Method { get; init; }

    /// <summary>Part of the path after <c>/sim/ghl</c> or <c>/sim/claude</c>; null fits all.</summary>
    public string? Path { get; init; }

    /// <summary>GHL location of the token; null fits all.</summary>
    public string? LocationId { get; init; }

    /// <summary>Claude purpose: <c>analysis</c>, <c>draft</c> or <c>other</c>; null fits all.</summary>
    public string? Purpose { get; init; }

    /// <summary>Share of the fitting requests, 0 to 1. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Stops after this many hits; null never stops.</summary>
    public int? Count { get; init; }

    /// <summary>
    /// <c>listlag</c>: age in ms from which a message shows (default 2000). <c>timeout*</c>, <c>hang</c>, <c>stall</c>: longest
    /// silence in ms (default 60000). Others: ms to wait besides the usual latency (default 0).
    /// </summary>
    public int? AfterMs { get; init; }

    /// <summary>Seconds in the <c>retry-after</c> header of a 429; null leaves the header out.</summary>
    public int? RetryAfter { get; init; }

    internal bool IsShaping => Shaping.Contains(Mode);

    internal bool Saves => Mode is "500-saved" or "timeout-saved" or "reset-saved" or "garbage";

    internal int HoldMs => AfterMs ?? 60_000;

    internal string? Problem() => Upstream switch
    {
        "ghl" when GhlModes.Contains(Mode) => null,
        "claude" when ClaudeModes.Contains(Mode) => null,
        "ghl" => $"mode '{Mode}' of ghl is unknown; allowed: {string.Join(" | ", GhlModes)}",
        "claude" => $"mode '{Mode}' of claude is unknown; allowed: {string.Join(" | ", ClaudeModes)}",
        _ => $"upstream '{Upstream}' is unknown; allowed: ghl | claude",
    };

    internal bool Fits(string upstream, string method, string path, string? locationId, string? purpose) =>
        Upstream == upstream
        && (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (Path is null || path.Contains(Path, StringComparison.OrdinalIgnoreCase))
        && (LocationId is null || LocationId == locationId)
        && (Purpose is null || Purpose == purpose);
}
