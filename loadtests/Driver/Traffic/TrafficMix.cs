namespace EnterpriseHub.LoadTests.Traffic;

/// <summary>What arrives besides each message that wants an answer. Shares are per message and may be over 1.</summary>
internal sealed record TrafficMix
{
    /// <summary>Deliveries of a message that was delivered before.</summary>
    public double Redelivered { get; init; } = 0.05;

    /// <summary>Share of messages that arrive after the next one of their conversation.</summary>
    public double Reordered { get; init; }

    /// <summary>Webhooks of other types: tasks, notes, opportunities, appointments, contacts, an unknown type.</summary>
    public double Others { get; init; } = 0.2;

    /// <summary>Messages to a location whose assistant is off; they must be taken and not answered.</summary>
    public double Silent { get; init; }

    /// <summary>All webhooks for one message.</summary>
    public double WebhooksPerMessage => 1 + Redelivered + Others + Silent;
}
