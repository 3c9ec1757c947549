using System.ComponentModel.DataAnnotations;

namespace EnterpriseHub.Simulator.Leads;

/// <summary>Made-up leads that text in on their own; section <c>Simulator:Leads</c>.</summary>
internal sealed class LeadOptions
{
    public const string Section = "Simulator:Leads";

    /// <summary>Starts the gentle demo when the process has started.</summary>
    /// <value>Default false.</value>
    public bool Enabled { get; init; }

    /// <summary>Where generated webhooks go: an absolute URL, or a path of this process.</summary>
    /// <value>Default <c>/webhooks/ghl</c>.</value>
    [Required(ErrorMessage = "Simulator:Leads:Target must be an absolute URL or a path that starts with '/'.")]
    public string Target { get; init; } = "/webhooks/ghl";

    /// <summary>Locations whose leads text in.</summary>
    /// <value>Default <c>demo</c>.</value>
    public string[]? LocationIds { get; init; }

    /// <summary>Messages a second over all conversations.</summary>
    /// <value>Default 0.3.</value>
    [Range(0.001, 2_000)]
    public double RatePerSecond { get; init; } = 0.3;

    /// <summary>Conversations at a time.</summary>
    /// <value>Default 12.</value>
    [Range(1, 20_000)]
    public int Conversations { get; init; } = 12;

    /// <summary>Tags of a new lead, so that a location that answers only tagged contacts answers them.</summary>
    /// <value>Default <c>needs qualifying</c>.</value>
    public string[]? Tags { get; init; }

    public LeadPlan ToPlan() => new()
    {
        LocationIds = LocationIds ?? ["demo"],
        RatePerSecond = RatePerSecond,
        Conversations = Conversations,
        Tags = Tags,
    };
}
