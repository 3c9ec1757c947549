namespace EnterpriseHub.AiOrchestrator.Conversations;

/// <summary>A stage that a turn reached, or a step of its thought that ended.</summary>
internal sealed record StageView
{
    /// <summary>received, stored, published, picked_up, leased, step, decided, waited, committed, commanded, claimed, posted or answered.</summary>
    public required string Stage { get; init; }

    /// <summary>Name of the step; null for every other stage.</summary>
    public string? Step { get; init; }

    /// <summary>When it was reached, UTC, as the clock of the process said that came to it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Milliseconds since the turn's first message was received; never less than the stage before, whatever the clocks said.</summary>
    public required double SinceReceivedMs { get; init; }

    /// <summary>Milliseconds since the stage before; of a step, how long it ran. Steps run side by side.</summary>
    public required double TookMs { get; init; }
}
