using System.ComponentModel.DataAnnotations;
using EnterpriseHub.Platform.Hosting;

namespace EnterpriseHub.AiOrchestrator.Claude;

/// <summary>How the model is reached; section <c>Claude</c>.</summary>
internal sealed class ClaudeOptions
{
    /// <summary>Address of the Claude API, or a path of this very process that starts with <c>/</c>.</summary>
    /// <value>Default <c>https://api.anthropic.com</c>.</value>
    [Required]
    public string BaseUrl { get; init; } = "https://api.anthropic.com";

    /// <summary>Address that stands in while <see cref="ApiKey"/> is empty: standalone's simulator.</summary>
    /// <value>No default; standalone sets <c>/sim/claude</c>.</value>
    public string? BaseUrlWithoutKey { get; init; }

    /// <summary>API key. A secret.</summary>
    /// <value>No default; required unless <see cref="Address"/> is a path or a loopback address.</value>
    public string? ApiKey { get; init; }

    /// <summary>The address that counts.</summary>
    public string Address => string.IsNullOrWhiteSpace(ApiKey) && BaseUrlWithoutKey is { Length: > 0 } simulated ? simulated : BaseUrl;

    /// <summary>Model of the semantic analysis.</summary>
    /// <value>Default <c>claude-haiku-5-5</c>.</value>
    [Required]
    public string AnalysisModel { get; init; } = "claude-haiku-5-5";

    /// <summary>Model of the draft.</summary>
    /// <value>Default <c>claude-haiku-5-5</c>.</value>
    [Required]
    public string DraftModel { get; init; } = "claude-haiku-5-5";

    /// <summary>Longest answer of a call, in tokens; thinking counts.</summary>
    /// <value>Default 1 024; 64 to 16 000.</value>
    [Range(64, 16_000)]
    public int MaxTokens { get; init; } = 1_024;

    /// <summary>How hard the model works; empty leaves it out, for models that know no effort.</summary>
    /// <value>Default <c>low</c>; low, medium, high, xhigh or max.</value>
    [RegularExpression("^(low|medium|high|xhigh|max)?$", ErrorMessage = "Setting 'Claude:Effort' allows: low | medium | high | xhigh | max, or empty.")]
    public string Effort { get; init; } = "low";

    /// <summary>Thinking before the answer: <c>auto</c> leaves it to the model, <c>disabled</c> switches it off (not every model allows that).</summary>
    /// <value>Default <c>auto</c>.</value>
    [RegularExpression("^(auto|disabled)$", ErrorMessage = "Setting 'Claude:Thinking' allows: auto | disabled.")]
    public string Thinking { get; init; } = "auto";

    /// <summary>Deadline of one call with its quick retry. Keep it below the steps' budgets.</summary>
    /// <value>Default 15 s; 10 ms to 2 min.</value>
    [TimeRange("00:00:00.01", "00:02:00")]
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long calls are refused at once after the service failed repeatedly; then one call probes it.</summary>
    /// <value>Default 5 s; 0.5 s to 5 min.</value>
    [TimeRange("00:00:00.5", "00:05:00")]
    public TimeSpan BreakFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Calls within ten seconds, at least half of them failed, after which the breaker opens.</summary>
    /// <value>Default 10; 2 to 1 000.</value>
    [Range(2, 1_000)]
    public int BreakAfter { get; init; } = 10;

    /// <summary>Connections to the API at most.</summary>
    /// <value>Default 256; 1 to 10 000.</value>
    [Range(1, 10_000)]
    public int Connections { get; init; } = 256;

    /// <summary>True when the model is simulated on this machine, so that no real key is needed.</summary>
    public bool IsLocal => Address.StartsWith('/') || (Uri.TryCreate(Address, UriKind.Absolute, out var address) && address.IsLoopback);
}
