using EnterpriseHub.WebhookGateway.DeliverReply;
using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.ReconcileDeliveries;

namespace EnterpriseHub.WebhookGateway.AuditDeliveries;

/// <summary>A row of the send ledger, as far as an audit looks at it. Times are Unix milliseconds.</summary>
internal sealed record LedgerRow
{
    public required string TurnId { get; init; }

    public required string ConversationId { get; init; }

    public required string ContactId { get; init; }

    public required string Channel { get; init; }

    public required string Body { get; init; }

    public required string State { get; init; }

    public required long SendStartedAt { get; init; }

    public string? GhlMessageId { get; init; }
}

/// <summary>Compares what GHL lists of one conversation with the ledger. Pure.</summary>
internal static class Comparison
{
    /// <summary>How far apart two messages of one reply can be: a resend comes within minutes.</summary>
    private static readonly TimeSpan TwinWindow = TimeSpan.FromHours(1);

    /// <param name="listed">Messages of the conversation, from the window and the hour before it.</param>
    /// <param name="ledger">Replies of the conversation.</param>
    /// <param name="claimed">Of the listed ids, those that any reply of the location has.</param>
    /// <param name="window">Only messages and sends of this time are judged.</param>
    public static IEnumerable<Finding> Of(
        IReadOnlyList<ListedMessage> listed, IReadOnlyList<LedgerRow> ledger, IReadOnlySet<string> claimed, AuditWindow window)
    {
        // A row that never learned its id has one message with its text for its own; only a second one is a twin.
        var nameless = ledger.Where(row => row.GhlMessageId is null && row.SendStartedAt > 0).ToList();
        foreach (var message in listed.Where(one => one.Outbound && !claimed.Contains(one.Id)).OrderBy(one => one.AddedAt))
        {
            if (nameless.Find(row => IsText(row, message)) is { } own)
            {
                nameless.Remove(own);
                continue;
            }
            if (!window.Holds(message.AddedAt) || message is { UserId: not null, Source: null or "app" })
            {
                continue;
            }
            if (ledger.FirstOrDefault(row => IsText(row, message)) is { } twin)
            {
                yield return Finding.Of(Finding.Twin, twin, message.Id, message.AddedAt!.Value);
            }
            else if (message.Source == "api")
            {
                yield return new Finding(Finding.Orphan, message.ContactId ?? "", "", null, message.Id, message.AddedAt!.Value.ToUnixTimeMilliseconds());
            }
        }
        var ids = listed.SelectMany(Ids).ToHashSet(StringComparer.Ordinal);
        foreach (var row in ledger.Where(row => row.State == ReplyStates.Sent && window.Holds(row.SendStartedAt)))
        {
            if (row.GhlMessageId is { } id ? !ids.Contains(id) : nameless.Contains(row))
            {
                yield return Finding.Of(Finding.Missing, row, row.GhlMessageId, DateTimeOffset.FromUnixTimeMilliseconds(row.SendStartedAt));
            }
        }
    }

    /// <summary>An e-mail is listed by its thread; the ids of its mails are inside.</summary>
    public static IEnumerable<string> Ids(ListedMessage message) =>
        GhlJson.Texts(GhlJson.Member(GhlJson.Member(GhlJson.Member(message.Item, "meta"), "email"), "messageIds")).Prepend(message.Id);

    private static bool IsText(LedgerRow row, ListedMessage message) =>
        message.Body is { } body && message.AddedAt is { } at && row.SendStartedAt > 0
        && (at - DateTimeOffset.FromUnixTimeMilliseconds(row.SendStartedAt)).Duration() <= TwinWindow
        && SameText.Is(row.Body, body);
}

/// <summary>The time that an audit judges, Unix milliseconds.</summary>
internal readonly record struct AuditWindow(long From, long To)
{
    public bool Holds(long at) => at >= From && at < To;

    public bool Holds(DateTimeOffset? at) => at is { } time && Holds(time.ToUnixTimeMilliseconds());
}
