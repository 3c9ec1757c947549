using System.ComponentModel.DataAnnotations;
using EnterpriseHub.Platform.Hosting;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>How turns are taken; section <c>Orchestrator</c>. Durations are <c>hh:mm:ss</c>.</summary>
internal sealed class OrchestratorOptions
{
    /// <summary>How long one process may think about a conversation before another may take it. Renewed while it thinks.</summary>
    /// <value>Default 45 s; 5 s to 10 min.</value>
    [TimeRange("00:00:05", "00:10:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How often a thinking process renews its lease and looks for a newer message that another process stored.</summary>
    /// <value>Default 1 s; 0.1 s to 30 s.</value>
    [TimeRange("00:00:00.1", "00:00:30")]
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time that newer messages may put off an answer, from the first unanswered one.</summary>
    /// <value>Default 20 s; 0 to 5 min.</value>
    [TimeRange("00:00:00", "00:05:00")]
    public TimeSpan SettleCap { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Tries of a failing turn; after the last one the local rules answer without the model.</summary>
    /// <value>Default 8; 1 to 100.</value>
    [Range(1, 100)]
    public int Attempts { get; init; } = 8;

    /// <summary>Waits between tries; the last one repeats.</summary>
    /// <value>Default 5 s, 15 s, 60 s.</value>
    public IReadOnlyList<TimeSpan> Backoff { get; init; } = [];

    /// <summary>How long a turn waits for the delivery of the one before it, so that a superseded reply is joined.</summary>
    /// <value>Default 1 s; 0 to 10 s.</value>
    [TimeRange("00:00:00", "00:00:10")]
    public TimeSpan AwaitDelivery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the assistant stays silent after a person wrote. The gateway's own takeover gate holds besides.</summary>
    /// <value>Default 30 min; 0 to 7 days.</value>
    [TimeRange("00:00:00", "7.00:00:00")]
    public TimeSpan TakeoverWindow { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long the assistant stays silent after it handed a lead over, whatever the tags say: they take a moment to arrive.</summary>
    /// <value>Default 2 min; 0 to 1 day.</value>
    [TimeRange("00:00:00", "1.00:00:00")]
    public TimeSpan HandOverPause { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Conversations this process answers at once.</summary>
    /// <value>Default 200; 1 to 5 000.</value>
    [Range(1, 5_000)]
    public int Concurrency { get; init; } = 200;

    /// <summary>Messages of the thread that the model sees.</summary>
    /// <value>Default 20; 0 to 200.</value>
    [Range(0, 200)]
    public int History { get; init; } = 20;

    /// <summary>A reply without a delivery report for this long is commanded again; the gateway's ledger takes it once.</summary>
    /// <value>Default 60 s; 1 s to 1 h.</value>
    [TimeRange("00:00:01", "01:00:00")]
    public TimeSpan RingPendingAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time budgets of the steps.</summary>
    public FlowBudgets Budgets { get; init; } = new();

    /// <summary>Wait before try <paramref name="attempt"/> + 1.</summary>
    public TimeSpan WaitAfter(long attempt)
    {
        IReadOnlyList<TimeSpan> waits = Backoff.Count > 0 ? Backoff : DefaultBackoff;
        return waits[(int)Math.Clamp(attempt - 1, 0, waits.Count - 1)];
    }

    private static readonly TimeSpan[] DefaultBackoff = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60)];
}

/// <summary>Longest time of each step; section <c>Orchestrator:Budgets</c>.</summary>
internal sealed class FlowBudgets
{
    /// <summary>Semantic analysis by the model.</summary>
    /// <value>Default 20 s.</value>
    [TimeRange("00:00:00.01", "00:02:00")]
    public TimeSpan Analyze { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Draft of the reply by the model.</summary>
    /// <value>Default 20 s.</value>
    [TimeRange("00:00:00.01", "00:02:00")]
    public TimeSpan Draft { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Tags and do-not-disturb of the contact; unknown after that: nothing is sent, the turn is tried again.</summary>
    /// <value>Default 3 s.</value>
    [TimeRange("00:00:00.01", "00:02:00")]
    public TimeSpan Contact { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>What the draft waits for the contact's name and mode; later it starts without them.</summary>
    /// <value>Default 15 ms.</value>
    [TimeRange("00:00:00", "00:00:02")]
    public TimeSpan Greeting { get; init; } = TimeSpan.FromMilliseconds(15);

    /// <summary>Reads of our own state: qualification, market facts.</summary>
    /// <value>Default 500 ms.</value>
    [TimeRange("00:00:00.01", "00:02:00")]
    public TimeSpan Load { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The last score.</summary>
    /// <value>Default 150 ms.</value>
    [TimeRange("00:00:00.01", "00:02:00")]
    public TimeSpan Score { get; init; } = TimeSpan.FromMilliseconds(150);
}
