using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.WebhookGateway.ConnectLocation;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>All that the gate looks at, read in the transaction of the claim.</summary>
internal sealed record GateFacts
{
    /// <summary>The store's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    public required string Channel { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>Since when the reply lacks facts, token or connection; null: no trouble yet.</summary>
    public DateTimeOffset? BlockedSince { get; init; }

    /// <summary>The lead wrote after the message that this answers.</summary>
    public bool NewerInbound { get; init; }

    /// <summary>An earlier turn of the conversation is not out yet.</summary>
    public bool EarlierOpen { get; init; }

    /// <summary>An earlier turn that this one takes as said is not in the ledger yet.</summary>
    public bool EarlierMissing { get; init; }

    /// <summary>An earlier turn that this one takes as said was superseded: its messages would stay unanswered.</summary>
    public bool EarlierSuperseded { get; init; }

    /// <summary>A later turn of the conversation is out already.</summary>
    public bool LaterSent { get; init; }

    /// <summary>When the oldest message was accepted that comes before this reply's and that no turn has taken: its announcement is late or lost.</summary>
    public DateTimeOffset? EarlierTextAt { get; init; }

    /// <summary>It was waited for once already.</summary>
    public bool WaitedForText { get; init; }

    public bool OptedOut { get; init; }

    public DateTimeOffset TakeoverUntil { get; init; }

    /// <summary>Null: GHL was never asked.</summary>
    public ContactSnapshot? Contact { get; init; }

    /// <summary>Null: nobody connected it.</summary>
    public LocationSettings? Location { get; init; }

    /// <summary>Why there is no token; null: there is one.</summary>
    public string? NoToken { get; init; }
}

/// <summary>The limits that the gate compares with.</summary>
internal sealed record GateLimits(TimeSpan ContactMaxAge, TimeSpan HoldAfter, TimeSpan TooOldAfter)
{
    public static GateLimits Of(DeliveryOptions options) => new(options.ContactMaxAge, options.HoldAfter, options.TooOldAfter);
}
