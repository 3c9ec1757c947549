using EnterpriseHub.WebhookGateway.DeliverReply;
using EnterpriseHub.WebhookGateway.GhlApi;

namespace EnterpriseHub.WebhookGateway.ReconcileDeliveries;

/// <summary>What the conversation says of an unknown send.</summary>
internal abstract record Match
{
    /// <summary>It is there, under one of these ids, the best first.</summary>
    public sealed record Found(IReadOnlyList<string> MessageIds) : Match;

    /// <summary>It is not there.</summary>
    public sealed record Missing : Match;

    /// <summary>A message of that time has no readable text: it may be ours.</summary>
    public sealed record Unclear : Match;

    /// <summary>A person has written since.</summary>
    public sealed record HumanWrote : Match;

    /// <summary>How far GHL's clock may be behind ours.</summary>
    public static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(2);

    /// <summary>Compares the conversation's newest messages with a reply. A person's or a workflow's same text counts as ours.</summary>
    public static Match Of(Reply reply, IReadOnlyList<ListedMessage> messages)
    {
        var started = DateTimeOffset.FromUnixTimeMilliseconds(reply.SendStartedAt);
        var candidates = messages
            .Where(message => message.Outbound
                && (message.ContactId ?? reply.ContactId) == reply.ContactId
                && (message.AddedAt ?? started) >= started - ClockSlack)
            .ToList();
        var same = candidates.Where(message => message.Body is not null && SameText.Is(reply.Body, message.Body)).ToList();
        if (same.Count > 0)
        {
            return new Found([.. same.OrderBy(message => (message.AddedAt ?? started) - started).Select(message => message.Id)]);
        }
        if (candidates.Any(message => message.Body is null && message.UserId is null && reply.Channel == "Email"))
        {
            return new Unclear();
        }
        return candidates.Any(message => message is { UserId: not null, Source: null or "app" } && message.AddedAt > started) ? new HumanWrote() : new Missing();
    }
}
