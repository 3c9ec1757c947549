namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>What may be done with a reply now.</summary>
/// <param name="Reason">Why, in snake_case.</param>
internal abstract record GateVerdict(string Reason)
{
    /// <summary>It may go out.</summary>
    public sealed record Send() : GateVerdict("ok");

    /// <summary>Not now.</summary>
    /// <param name="Until">When to look again.</param>
    /// <param name="Reason">What it waits for.</param>
    /// <param name="IsTrouble">Something is missing; when that lasts, the reply is held.</param>
    public sealed record Wait(DateTimeOffset Until, string Reason, bool IsTrouble) : GateVerdict(Reason);

    /// <summary>Something newer takes its place.</summary>
    public sealed record Supersede(string Reason) : GateVerdict(Reason);

    /// <summary>It may never go out.</summary>
    public sealed record Suppress(string Reason) : GateVerdict(Reason);

    /// <summary>A person must look.</summary>
    public sealed record Hold(string Reason) : GateVerdict(Reason);
}
