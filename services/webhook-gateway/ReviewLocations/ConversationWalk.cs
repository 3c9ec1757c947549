using EnterpriseHub.WebhookGateway.GhlApi;

namespace EnterpriseHub.WebhookGateway.ReviewLocations;

/// <summary>
/// Visits the conversations of a location in which somebody wrote since a time, the longest unchanged first: one that is written in
/// meanwhile moves to the end and is met there again, so that none slips through between two pages.
/// </summary>
internal sealed class ConversationWalk(BackgroundCalls calls, MessagesSince messages)
{
    private const int PageSize = 100;
    private const int MostSkipped = 20;

    /// <param name="locationId">GHL location.</param>
    /// <param name="since">Conversations and messages from this time on.</param>
    /// <param name="visit">Deals with one conversation; told besides is the time up to which everything before it was read.</param>
    /// <param name="cancellation">Ends the walk.</param>
    public async Task<WalkEnd> RunAsync(
        string locationId, DateTimeOffset since, Func<WrittenIn, DateTimeOffset?, Task<Visit>> visit, CancellationToken cancellation)
    {
        var met = new HashSet<(string, DateTimeOffset)>();
        var skipped = new List<ListedConversation>();
        DateTimeOffset? readUpTo = null;
        var read = 0;
        WalkEnd End(string outcome) => new(outcome, readUpTo, read, skipped);
        // The search begins after the given time: a millisecond earlier, so that several of one millisecond are not cut apart.
        for (var after = since.AddMilliseconds(-1); ;)
        {
            var page = await calls.AskAsync(locationId, MessageCalls.ChangedAfter(locationId, after, PageSize), cancellation);
            if (page.Value is not { } found)
            {
                return End(page.Reason);
            }
            if (!IsInOrder(found, after))
            {
                return End("unexpected_order");
            }
            var fresh = found.Where(one => met.Add((one.Id, one.LastMessageAt!.Value))).ToList();
            foreach (var conversation in fresh)
            {
                var listed = await messages.ReadAsync(locationId, conversation.Id, since, cancellation);
                var outcome = listed.Messages is null ? listed.IsGone ? Visit.Done : listed.MayGoOn ? Visit.Skipped : Visit.Stop
                    : await visit(new(conversation, listed.Messages), readUpTo);
                var reason = listed.Messages is null ? listed.Reason : "not_stored";
                if (outcome == Visit.Stop)
                {
                    return End(reason);
                }
                if (outcome == Visit.Skipped)
                {
                    skipped.Add(conversation);
                    if (skipped.Count >= MostSkipped)
                    {
                        return End(reason);
                    }
                    continue;
                }
                read++;
                readUpTo = skipped.Count == 0 ? conversation.LastMessageAt : readUpTo;
            }
            if (fresh.Count > 0)
            {
                after = found[^1].LastMessageAt!.Value.AddMilliseconds(-1);
            }
            else if (found.Count >= PageSize && found[^1].LastMessageAt > after)
            {
                // A whole page of one millisecond: the only way past it.
                after = found[^1].LastMessageAt!.Value;
            }
            else
            {
                return End(skipped.Count == 0 ? "ok" : "incomplete");
            }
        }
    }

    /// <summary>An answer in another order, or from another time, is not what was asked for: the cursor would run past what was not read.</summary>
    private static bool IsInOrder(IReadOnlyList<ListedConversation> found, DateTimeOffset after)
    {
        var last = after;
        foreach (var one in found)
        {
            if (one.LastMessageAt is not { } at || at < last)
            {
                return false;
            }
            last = at;
        }
        return true;
    }
}
