namespace EnterpriseHub.Contracts.Conversations;

/// <summary>
/// Names of the stages from a lead's message to GHL's answer to the reply, one vocabulary for messages, rows, metrics and the API. The steps
/// of a turn keep their own names: <see cref="StepMeasured"/>.
/// </summary>
public static class TurnStages
{
    /// <summary>The gateway has the webhook of the turn's first message; every other stage is counted from here.</summary>
    public const string Received = "received";

    /// <summary>The message's row is written, by the store's clock: <see cref="InboundMessageAccepted.AcceptedAt"/>.</summary>
    public const string Stored = "stored";

    /// <summary>The gateway handed the message to the bus, which it does right after the commit.</summary>
    public const string Published = "published";

    /// <summary>The orchestrator's consumer has the message.</summary>
    public const string PickedUp = "picked_up";

    /// <summary>The turn holds its conversation's lease and begins to think.</summary>
    public const string Leased = "leased";

    /// <summary>The decision is taken.</summary>
    public const string Decided = "decided";

    /// <summary>The settle window is over; only where a turn had to wait for it.</summary>
    public const string Waited = "waited";

    /// <summary>The turn's row is written; its transaction ends before <see cref="Commanded"/>.</summary>
    public const string Committed = "committed";

    /// <summary>The orchestrator handed <see cref="SendReply"/> to the bus.</summary>
    public const string Commanded = "commanded";

    /// <summary>The gate let the reply pass and this send is the only one.</summary>
    public const string Claimed = "claimed";

    /// <summary>The first byte of the request to GHL is about to be written.</summary>
    public const string Posted = "posted";

    /// <summary>GHL answered.</summary>
    public const string Answered = "answered";

    /// <summary>All of them, in the order in which a turn reaches them.</summary>
    public static IReadOnlyList<string> InOrder { get; } =
        [Received, Stored, Published, PickedUp, Leased, Decided, Waited, Committed, Commanded, Claimed, Posted, Answered];
}
