namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary>How the replay of one item ended.</summary>
/// <param name="State">Word of <c>event_replay_item.state</c>.</param>
/// <param name="Reason">Why.</param>
internal sealed record ReplayOutcome(string State, string Reason)
{
    /// <summary>The accepted message was announced again; the orchestrator answers it at most once.</summary>
    public static readonly ReplayOutcome Announced = new("done", "announced");

    /// <summary>It was stored without effect and now counts as if it had just come.</summary>
    public static readonly ReplayOutcome TakenUp = new("done", "taken_up");

    /// <summary>Too old to be answered: it was recorded.</summary>
    public static readonly ReplayOutcome RecordedLate = new("done", "recorded_late");

    /// <summary>The dead letter is in its queue again.</summary>
    public static readonly ReplayOutcome Sent = new("done", "sent");

    public static readonly ReplayOutcome NotFound = new("skipped", "not_found");

    /// <summary>A turn has decided on this message.</summary>
    public static readonly ReplayOutcome AlreadyAnswered = new("skipped", "already_answered");

    /// <summary>What follows from this event was done when it came.</summary>
    public static readonly ReplayOutcome AlreadyApplied = new("skipped", "already_applied");

    /// <summary>It came too late to be answered and still is.</summary>
    public static readonly ReplayOutcome Late = new("skipped", "late");

    /// <summary>An install or uninstall of long ago must not undo what was done since.</summary>
    public static readonly ReplayOutcome Lifecycle = new("skipped", "install_events_are_not_replayed");

    /// <summary>Still of no use, e.g. its location is not connected.</summary>
    public static ReplayOutcome Still(string status) => new("skipped", status);

    public static ReplayOutcome Failed(string why) => new("failed", why);
}
