using System.ComponentModel.DataAnnotations;

namespace EnterpriseHub.Simulator;

/// <summary>The simulated upstreams; section <c>Simulator</c>.</summary>
internal sealed class SimulatorOptions
{
    public const string Section = "Simulator";

    /// <summary>Makes up a contact when an unknown id is read or written.</summary>
    /// <value>Default true; false answers 400 <c>Contact not found for id:…</c> as GHL does.</value>
    public bool CreateContacts { get; init; } = true;

    /// <summary>Entries that the GHL ledger keeps; the oldest fall out.</summary>
    /// <value>Default 500000; about 0.4 kB each.</value>
    [Range(1_000, 5_000_000)]
    public int LedgerCapacity { get; init; } = 500_000;

    /// <summary>Contacts (each with its conversation) that are kept; the oldest fall out.</summary>
    /// <value>Default 100000.</value>
    [Range(100, 1_000_000)]
    public int MaxContacts { get; init; } = 100_000;

    /// <summary>Makes latencies and faults repeatable for a repeated order of requests.</summary>
    /// <value>Default none: every run differs.</value>
    public int? Seed { get; init; }

    /// <summary>PEM file (PKCS#8, Ed25519) of the key that signs generated webhooks; made with mode 0600 when missing, the public key beside it as <c>.pub</c>.</summary>
    /// <value>Default <c>.data/simulator-webhook-key.pem</c>, relative to the working directory.</value>
    [Required(ErrorMessage = "Simulator:WebhookKeyFile must name a file.")]
    public string WebhookKeyFile { get; init; } = ".data/simulator-webhook-key.pem";

    /// <summary>Sends a signed <c>OutboundMessage</c> webhook (source <c>api</c>) to <c>Simulator:Leads:Target</c> after each saved message.</summary>
    /// <value>Default false.</value>
    public bool EchoOutbound { get; init; }

    /// <summary>Seconds that an OAuth access token works.</summary>
    /// <value>Default 86399, as GHL.</value>
    [Range(1, 86_399)]
    public int AccessTokenSeconds { get; init; } = 86_399;

    /// <summary>The location that <c>/oauth/chooselocation</c> connects when its query names none.</summary>
    /// <value>Default <c>demo</c>.</value>
    [Required]
    public string OAuthLocationId { get; init; } = "demo";

    /// <summary>Claude requests a minute for one API key; beyond it 429 with <c>retry-after</c>.</summary>
    /// <value>Default 100000.</value>
    [Range(1, 10_000_000)]
    public int ClaudeRequestsPerMinute { get; init; } = 100_000;
}

/// <summary>GHL's limits for one location; section <c>Simulator:RateLimit</c>.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "Simulator:RateLimit";

    /// <summary>Requests in one interval; 0 turns the limit off.</summary>
    /// <value>Default 100.</value>
    [Range(0, 10_000_000)]
    public int Max { get; set; } = 100;

    /// <summary>Length of the interval in milliseconds; it starts with the first request.</summary>
    /// <value>Default 10000.</value>
    [Range(1, 3_600_000)]
    public int IntervalMs { get; set; } = 10_000;

    /// <summary>Requests a day.</summary>
    /// <value>Default 200000.</value>
    [Range(1, int.MaxValue)]
    public int Daily { get; set; } = 200_000;
}
