using EnterpriseHub.WebhookGateway.GhlApi;

namespace EnterpriseHub.WebhookGateway.ReviewLocations;

/// <summary>Messages of one conversation, or why there are none.</summary>
/// <param name="Messages">Newest first; null when they could not all be read.</param>
/// <param name="Reason">Why not, in snake_case.</param>
/// <param name="IsGone">GHL does not have the conversation any more.</param>
/// <param name="MayGoOn">Only this conversation is at fault.</param>
internal sealed record MessagesRead(IReadOnlyList<ListedMessage>? Messages, string Reason, bool IsGone, bool MayGoOn);

/// <summary>Reads a conversation back to a time: newest first, page by page.</summary>
internal sealed class MessagesSince(BackgroundCalls calls)
{
    private const int MostPages = 100;

    public async Task<MessagesRead> ReadAsync(string locationId, string conversationId, DateTimeOffset since, CancellationToken cancellation)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var all = new List<ListedMessage>();
        string? last = null;
        var size = 100;
        for (var pages = 0; pages < MostPages;)
        {
            var answer = await calls.AskAsync(locationId, MessageCalls.List(conversationId, size, last), cancellation);
            if (answer.Value is not { } page)
            {
                if (size > 20 && answer.Outcome == GhlOutcome.Unknown)
                {
                    // A hundred long mails may be more than we take in one answer.
                    size = 20;
                    continue;
                }
                // A definite no to a conversation that was just listed: deleted since (GHL says 400). Without permission it is no answer at all.
                var isGone = answer.Outcome == GhlOutcome.Refused && answer.Reason != Refusals.Forbidden;
                return new(null, answer.Reason, isGone, MayGoOn: answer.Outcome == GhlOutcome.Unknown);
            }
            pages++;
            var fresh = page.Messages.Where(message => ids.Add(message.Id)).ToList();
            if (!IsNewestFirst(page.Messages) || (fresh.Count == 0 && page.HasMore))
            {
                return new(null, "unexpected_order", IsGone: false, MayGoOn: true);
            }
            all.AddRange(fresh.Where(message => message.AddedAt >= since));
            if (!page.HasMore || fresh.Any(message => message.AddedAt < since))
            {
                return new(all, "ok", IsGone: false, MayGoOn: true);
            }
            last = page.LastMessageId ?? fresh[^1].Id;
        }
        return new(null, "too_long", IsGone: false, MayGoOn: true);
    }

    private static bool IsNewestFirst(IReadOnlyList<ListedMessage> messages) =>
        messages.Count == 0 || messages[0].AddedAt is not { } first || messages[^1].AddedAt is not { } oldest || first >= oldest;
}
