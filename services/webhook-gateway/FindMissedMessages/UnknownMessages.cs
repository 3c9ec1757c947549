using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;
using EnterpriseHub.WebhookGateway.ReviewLocations;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.FindMissedMessages;

/// <summary>Picks the texts of a conversation that no row has the id of. E-mails are listed by thread and read one by one.</summary>
internal sealed class UnknownMessages(GatewayDatabase database, BackgroundCalls calls, TimeProvider time)
{
    /// <param name="locationId">GHL location.</param>
    /// <param name="written">The conversation and its messages.</param>
    /// <param name="until">Younger messages are left to their webhook.</param>
    /// <param name="cancellation">Ends the calls.</param>
    /// <returns>The messages; false besides when an e-mail could not be read.</returns>
    public async Task<(IReadOnlyList<IncomingEvent> Messages, bool IsWhole)> OfAsync(
        string locationId, WrittenIn written, DateTimeOffset until, CancellationToken cancellation)
    {
        var old = written.Messages.Where(message => message.AddedAt <= until).ToList();
        var texts = old.Where(message => !IsEmail(message) && GhlJson.Text(message.Item, "direction") is "inbound").ToList();
        var emails = old.Where(IsEmail).SelectMany(EmailIds).ToList();
        var known = await KnownAsync(locationId, [.. texts.Select(text => text.Id), .. emails], cancellation);
        var found = texts.Where(text => !known.Contains(text.Id))
            .Select(text => FoundMessage.Of(locationId, written.Conversation, text, time.GetUtcNow()))
            .OfType<IncomingEvent>().ToList();
        var isWhole = true;
        foreach (var id in emails.Where(id => !known.Contains(id)))
        {
            var email = await calls.AskAsync(locationId, MessageCalls.Email(id), cancellation);
            isWhole = isWhole && (email.Value is not null || email.Outcome == GhlOutcome.Refused);
            if (email.Value is { } read && GhlJson.Text(read.Item, "direction") is "inbound"
                && FoundMessage.Of(locationId, written.Conversation, id, read, time.GetUtcNow()) is { } message && message.Event.Inbound!.SentAt <= until)
            {
                found.Add(message);
            }
        }
        return (found, isWhole);
    }

    private static bool IsEmail(ListedMessage message) =>
        GhlJson.Text(message.Item, "messageType")?.EndsWith("EMAIL", StringComparison.OrdinalIgnoreCase) ?? GhlJson.Whole(message.Item, "type") == 3;

    private static IEnumerable<string> EmailIds(ListedMessage message)
    {
        var email = GhlJson.Member(GhlJson.Member(message.Item, "meta"), "email");
        var ids = GhlJson.Texts(GhlJson.Member(email, "messageIds")).ToList();
        // A thread of ours alone needs no look.
        return ids.Count > 1 || !message.Outbound ? ids.DefaultIfEmpty(message.Id) : [];
    }

    private async Task<HashSet<string>> KnownAsync(string locationId, string[] ids, CancellationToken cancellation)
    {
        if (ids.Length == 0)
        {
            return [];
        }
        var known = await database.ReadAsync(
            session => session.QueryAsync<string>(
                """
                SELECT message_key FROM inbound_event WHERE location_id = @locationId AND message_key IN @ids
                UNION SELECT message_id FROM observed_outbound WHERE location_id = @locationId AND message_id IN @ids
                UNION SELECT ghl_message_id FROM outbound_message WHERE location_id = @locationId AND ghl_message_id IN @ids
                """,
                new { locationId, ids }),
            cancellation);
        return known.ToHashSet(StringComparer.Ordinal);
    }
}
